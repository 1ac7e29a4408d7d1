import { getDocument, OPS } from 'pdfjs-dist/legacy/build/pdf.mjs';
import type { PDFPageProxy } from 'pdfjs-dist/types/src/display/api.js';

/** An element of a PDF's structure on one page, as pdf.js reads it. */
interface Node {
  role: string;
  alt?: string;
  bbox?: number[];
  children: (Node | { type: string; id: string })[];
}

/** What is read aloud of an element: its role, and its own text. */
interface ReadElement {
  role: string;
  text: string;
  alt: string | undefined;
  /** The roles that it stands in, outermost first. */
  within: readonly string[];
}

export interface TaggedPdf {
  language: unknown;
  title: unknown;
  isTitleShown: unknown;
  isMarked: unknown;
  /** The part of PDF/UA that the XMP metadata claims. */
  part: string | undefined;
  xmpTitle: string | undefined;
  /** Elements with text or an alternative of their own, in reading order. */
  elements: readonly ReadElement[];
  /** The addresses of its links that have a description, and of those that have none. */
  links: { described: string[]; silent: string[] };
  /** What PDF/UA-1 forbids of contents; each with its page. */
  faults: readonly string[];
  /** Every dictionary of the file, as it is written: pdfkit compresses streams only. */
  dictionaries: string;
}

/** Reads a tagged PDF with pdf.js, which has nothing in common with what wrote it. */
export const readTaggedPdf = async (bytes: Uint8Array): Promise<TaggedPdf> => {
  const task = getDocument({ data: Uint8Array.from(bytes), verbosity: 0 });
  const pdf = await task.promise;
  const { info, metadata } = await pdf.getMetadata();
  const about = info as Record<string, unknown>;
  const elements: ReadElement[] = [];
  const faults: string[] = [];
  const links: TaggedPdf['links'] = { described: [], silent: [] };
  for (let number = 1; number <= pdf.numPages; number += 1) {
    const page = await pdf.getPage(number);
    const { texts, faults: own } = await contentsOf(page);
    faults.push(...own.map((fault) => `page ${number}: ${fault}`));
    elements.push(...readElements(await page.getStructTree(), texts));
    for (const { url, contentsObj } of (await page.getAnnotations()) as Annotation[]) {
      (contentsObj?.str ? links.described : links.silent).push(url ?? '');
    }
  }
  const preferences: { DisplayDocTitle?: boolean } | null = await pdf.getViewerPreferences();
  const marks = (await pdf.getMarkInfo()) as { Marked?: boolean } | null;
  const xmp = metadata as unknown as { getRaw(): string } | null;
  await task.destroy();
  return {
    ...{ language: about.Language, title: about.Title, elements, faults, links },
    ...{ isTitleShown: preferences?.DisplayDocTitle, isMarked: marks?.Marked },
    part: /<pdfuaid:part>(.*?)</.exec(xmp?.getRaw() ?? '')?.[1],
    xmpTitle: /<dc:title>[\s\S]*?<rdf:li[^>]*>(.*?)</.exec(xmp?.getRaw() ?? '')?.[1],
    dictionaries: Buffer.from(bytes)
      .toString('latin1')
      .replace(/stream\r?\n[\s\S]*?endstream/g, 'stream endstream'),
  };
};

interface Annotation {
  url?: string;
  contentsObj?: { str: string };
}

const nameOf = new Map(Object.entries(OPS).map(([name, code]) => [code, name]));
const isPainting = (name: string): boolean =>
  /^(show|paint|raw|(close)?(eo)?(fill|stroke)|constructPath|shading)/i.test(name);

interface PageContents {
  /** The letters of each marked content, by its id: as they stand in the file, the space at the end of a line too. */
  texts: ReadonlyMap<string, string>;
  /** What is painted outside of all marks, marked and in no element, in two elements, or drawn with a sign for «no such letter». */
  faults: string[];
}

const contentsOf = async (page: PDFPageProxy): Promise<PageContents> => {
  const { fnArray, argsArray } = await page.getOperatorList();
  const faults: string[] = [];
  const marks: ({ mcid: number } | 'artifact' | 'other')[] = [];
  const drawn = new Map<number, string>();
  fnArray.forEach((code, index) => {
    const name = nameOf.get(code) ?? '';
    const args = argsArray[index] as unknown[] | null;
    if (name === 'beginMarkedContent') marks.push(args?.[0] === 'Artifact' ? 'artifact' : 'other');
    else if (name === 'beginMarkedContentProps') {
      const [tag, mcid] = args as [string, number | null];
      marks.push(tag === 'Artifact' ? 'artifact' : typeof mcid === 'number' ? { mcid } : 'other');
      if (typeof mcid === 'number') drawn.set(mcid, '');
    } else if (name === 'endMarkedContent') marks.pop();
    else if (isPainting(name)) {
      if (!marks.some((mark) => mark !== 'other')) faults.push(`${name} is neither tagged nor an artifact`);
      if (marks.filter((mark) => mark !== 'other').length > 1) faults.push(`${name} is marked twice`);
      const mark = marks.findLast((each) => typeof each === 'object');
      if (!name.startsWith('show')) return;
      const glyphs = glyphsOf(args);
      if (glyphs.some(({ originalCharCode }) => originalCharCode === 0))
        faults.push('a letter that its font does not have');
      const letters = glyphs.map(({ unicode }) => unicode).join('');
      if (mark) drawn.set(mark.mcid, `${drawn.get(mark.mcid) ?? ''}${letters}`);
    }
  });
  if (marks.length > 0) faults.push('marks that do not end');
  const tagged = contentIds(await page.getStructTree());
  const known = new Set(tagged.map((id) => Number(/_mc(\d+)$/.exec(id)?.[1])));
  if (known.size !== tagged.length) faults.push('content in two elements');
  faults.push(
    ...[...drawn.keys()].filter((mcid) => !known.has(mcid)).map((mcid) => `content ${mcid} is in no element`),
  );
  const texts = new Map(tagged.map((id) => [id, drawn.get(Number(/_mc(\d+)$/.exec(id)?.[1])) ?? '']));
  return { texts, faults };
};

interface Glyph {
  unicode: string;
  originalCharCode: number;
}

const glyphsOf = (args: unknown[] | null): Glyph[] =>
  ((args?.[0] ?? []) as unknown[]).filter((glyph): glyph is Glyph => typeof glyph === 'object');

const contentIds = ({ children }: Node): string[] =>
  children.flatMap((child) =>
    'role' in child ? contentIds(child) : child.type === 'content' ? [child.id] : [],
  );

const readElements = (
  { role, alt, children }: Node,
  texts: ReadonlyMap<string, string>,
  within: readonly string[] = [],
): ReadElement[] => {
  const elements: ReadElement[] = [];
  let own: { role: string; text: string; alt: string | undefined; within: readonly string[] } | undefined;
  if (alt !== undefined) elements.push((own = { role, text: '', alt, within }));
  for (const child of children) {
    if ('role' in child) {
      const below = readElements(child, texts, [...within, role]);
      // A link within a paragraph is read as a part of it.
      const isInline = child.role === 'Link' || child.role === 'Span';
      if (isInline && own) own.text += below.map(({ text }) => text).join('');
      else elements.push(...below);
    } else if (texts.has(child.id)) {
      if (!own) elements.push((own = { role, text: '', alt, within }));
      own.text += texts.get(child.id) ?? '';
    }
  }
  return elements;
};
