import { printedWordsIn, sectionWords, type SectionName } from '../../../../bulletins/index.js';
import { foldText } from '../../../../shared/text/fold-text.js';
import { languages } from '../../../../shared/text/text.js';

/** The headings that the bulletin prints over each section by itself, in both languages. */
const headings = (section: SectionName): string[] =>
  languages.map((language) => printedWordsIn(language)(sectionWords[section]));

/** A line without what marks it as a heading or as bold. */
export const plainLine = (line: string): string =>
  line
    .trim()
    .replace(/^#{1,6}[ \t]+/, '')
    .replace(/^(\*\*|__)(.*)\1$/, '$2')
    .trim();

/** The same of names, however their accents, capitals, dashes, apostrophes and spaces are written. */
export const folded = (text: string): string =>
  foldText(text)
    .replace(/[‐‑‒–—−-]/g, '-')
    .replace(/[’‘ʼ]/g, "'")
    .replace(/\s+/g, ' ')
    .trim();

/** A line of a heading as its words are compared: without marks for bold and italic, addresses of links, and backslashes before signs that mark nothing here. */
export const wordsOfLine = (line: string): string =>
  plainLine(line)
    .replace(/(?<!\\)\*+|__/g, '')
    .replace(/(?<!\\)\[([^[\]]*)\]\([^()]*\)/g, '$1')
    .replace(/\\(?=[!-)+-/:-@^{-~])/g, '')
    .trim();

/** Nothing that the bulletin prints by itself is longer; looking for it in a longer line takes the square of its length. */
export const maxLineLength = 500;

/** What may stand between a heading and what follows it; a dash has a space beside it, since words have hyphens. */
const separators = /\s*[:|(]\s*|\s+\/\s+|\s+[-‐‑‒–—―−]\s*|\s*[-‐‑‒–—―−]\s+/g;

/** Whether words are a heading, in the singular or the plural: «Objectifs du jour». */
const isHeading = (written: string, heading: string): boolean => singular(written) === singular(heading);
const singular = (text: string): string => folded(text).replace(/s\b/g, '');

/**
 * What a line says after one of these headings and a sign that separates them; nothing where it is the heading alone; undefined where it
 * is another line.
 */
export const afterHeading = (line: string, known: readonly string[]): string | undefined => {
  if (line.length > maxLineLength) return undefined;
  const written = wordsOfLine(line);
  const isKnown = (words: string) => known.some((heading) => isHeading(words, heading));
  if (isKnown(written)) return '';
  for (const { 0: sign, index } of written.matchAll(separators)) {
    if (!isKnown(written.slice(0, index))) continue;
    const rest = written.slice(index + sign.length).trim();
    return (sign.includes('(') ? rest.replace(/\)(?=\s*:?$)/, '') : rest).replace(/^:$/, '');
  }
  return undefined;
};

/**
 * What a line says after a section's own heading: «Première semaine» of «Bilan – Première semaine»; nothing where it is the heading
 * alone; undefined where it is another line.
 */
export const afterOwnHeading = (line: string, section: SectionName): string | undefined => {
  const rest = afterHeading(line, headings(section));
  // «Bilan – Bilan – …»
  return rest === undefined || rest === '' ? rest : (afterOwnHeading(rest, section) ?? rest);
};

/** The text of a section without the heading that the bulletin prints by itself; what follows the heading becomes the text's title. */
export const withoutOwnHeading = (text: string, section: SectionName): string => {
  const [first = '', next = '', ...others] = text.trim().split('\n');
  const rest = [next, ...others]
    .join('\n')
    .replace(/^(?:[ \t]*\n)+/, '')
    .trimEnd();
  const isMarked = plainLine(first) !== first.trim();
  // «Bilan: tout va.» is a sentence.
  const isTitle =
    isMarked || (rest !== '' && /^\s*$|^\s*[-+*•]\s/.test(next) && !/[.;!?]$/.test(first.trim()));
  const title = isTitle ? afterOwnHeading(first, section) : undefined;
  if (title === undefined) return text;
  return title === ''
    ? withoutOwnHeading(rest, section)
    : [`# ${title}`, ...(rest === '' ? [] : ['', rest])].join('\n');
};
