import { html } from '../../platform/http/html.js';
import { formsOf, type Form, type Word } from '../../shared/text/words.js';
import type { Marks } from './parse-search.js';

/** The offsets in a text of something that was searched for. */
interface Span {
  start: number;
  end: number;
}

/** Whether a word of a text is an inflected form of a word that was searched for. */
type IsInflected = (word: string) => boolean;

const spansOf = (
  text: string,
  { words, marks, isInflected }: { words: readonly Word[]; marks: Marks; isInflected: IsInflected },
): Span[] => {
  const single = words.filter(({ word }) => isMarked(word, marks) || isInflected(word));
  // Forms of several words are built only where they are needed: few texts match only by words joined together.
  return single.length > 0 && marks.phrases.length === 0 ? single : formSpans(text, { words, marks, single });
};

const isMarked = (form: string, { words, prefixes }: Marks): boolean =>
  words.has(form) || prefixes.some((prefix) => form.startsWith(prefix));

const formSpans = (
  text: string,
  { words, marks, single }: { words: readonly Word[]; marks: Marks; single: readonly Span[] },
): Span[] => {
  const forms = formsOf(text, words);
  const span = (first: number, last: number): Span => ({
    start: words[first]?.start ?? 0,
    end: words[last]?.end ?? text.length,
  });
  const several = forms.flatMap(({ form, first, last }) =>
    isMarked(form, marks) ? [span(first, last)] : [],
  );
  const at = byFirst(forms);
  const phrases = marks.phrases.flatMap((phrase) =>
    words.flatMap((_, first) => {
      const last = endOf(phrase, at, first);
      return last === undefined ? [] : [span(first, last)];
    }),
  );
  return inOrder([...single, ...several, ...phrases]);
};

const byFirst = (forms: readonly Form[]): Map<number, Form[]> => {
  const at = new Map<number, Form[]>();
  for (const form of forms) at.set(form.first, [...(at.get(form.first) ?? []), form]);
  return at;
};

/**
 * The index of the last word of a phrase that begins at this word; undefined where the phrase does not stand there. As in the
 * full-text index, each word of the phrase is matched by a form that begins one word further.
 */
const endOf = (
  { phrase, prefix }: Marks['phrases'][number],
  at: ReadonlyMap<number, readonly Form[]>,
  first: number,
): number | undefined => {
  let last: number | undefined;
  for (const [index, word] of phrase.entries()) {
    const isBeginning = prefix && index === phrase.length - 1;
    const found = at
      .get(first + index)
      ?.find(({ form }) => (isBeginning ? form.startsWith(word) : form === word));
    if (!found) return undefined;
    last = found.last;
  }
  return last;
};

/** The spans in order; overlapping ones are joined. */
const inOrder = (spans: readonly Span[]): Span[] => {
  const ordered: Span[] = [];
  for (const span of spans.toSorted((a, b) => a.start - b.start)) {
    const last = ordered.at(-1);
    if (last && span.start < last.end) last.end = Math.max(last.end, span.end);
    else ordered.push({ ...span });
  }
  return ordered;
};

const markedPiece = (text: string, spans: readonly Span[], { start, end }: Span): string => {
  let marked = '';
  let from = start;
  for (const span of spans) {
    if (span.start < from || span.end > end) continue;
    marked += html`${text.slice(from, span.start)}`.text;
    marked += `<mark>${html`${text.slice(span.start, span.end)}`.text}</mark>`;
    from = span.end;
  }
  return marked + html`${text.slice(from, end)}`.text;
};

/** A text and its words. */
export interface SearchedText {
  text: string;
  words: readonly Word[];
}

/** A text as HTML, with the matches between `<mark>` and `</mark>` and everything else escaped. */
export const markedText = ({ text, words }: SearchedText, marks: Marks, isInflected: IsInflected): string =>
  markedPiece(text, spansOf(text, { words, marks, isInflected }), { start: 0, end: text.length });

const maxFragments = 2;
/** Words of a fragment before a match, and from the match on. */
const wordsBefore = 6;
const wordsAfter = 14;
const delimiter = ' … ';

/** The same for a long text: fragments around the matches, or the beginning of the text without any. */
export const markedFragments = (
  { text, words }: SearchedText,
  marks: Marks,
  isInflected: IsInflected,
): string => {
  const spans = spansOf(text, { words, marks, isInflected });
  const fragments = fragmentsOf(words, spans);
  if (fragments.length === 0) {
    const end = words[wordsBefore + wordsAfter]?.start ?? text.length;
    return html`${text.slice(0, end).trim()}`.text;
  }
  return fragments.map((fragment) => markedPiece(text, spans, fragment)).join(delimiter);
};

const fragmentsOf = (words: readonly Word[], spans: readonly Span[]): Span[] => {
  const fragments: Span[] = [];
  for (const span of spans) {
    const last = fragments.at(-1);
    if (last && span.end <= last.end) continue;
    if (fragments.length === maxFragments) break;
    const at = words.findIndex(({ start }) => start >= span.start);
    const before = words[Math.max(0, at - wordsBefore)]?.start ?? 0;
    const behind = words.slice(0, at + wordsAfter).at(-1)?.end ?? 0;
    fragments.push({ start: Math.max(before, last?.end ?? 0), end: Math.max(behind, span.end) });
  }
  return fragments;
};

/** Letters with which a stem and all its words begin: stemming changes only the ends of words. */
const sharedLetters = 2;

/** The words of texts that may be inflected forms of the words searched for: only their stems have to be looked up. */
export const maybeInflected = (texts: readonly SearchedText[], { stems }: Marks): Set<string> => {
  const beginnings = new Set(Array.from(stems, (stem) => stem.slice(0, sharedLetters)));
  const maybe = new Set<string>();
  if (beginnings.size === 0) return maybe;
  for (const { words } of texts) {
    for (const { word } of words) if (beginnings.has(word.slice(0, sharedLetters))) maybe.add(word);
  }
  return maybe;
};
