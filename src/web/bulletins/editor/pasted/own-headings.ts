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

/**
 * What a line says after a section's own heading: «Première semaine» of «Bilan – Première semaine»; nothing where it is the heading
 * alone; undefined where it is another line.
 */
export const afterOwnHeading = (line: string, section: SectionName): string | undefined => {
  const written = plainLine(line);
  for (const heading of headings(section)) {
    if (folded(written).replace(/\s?:$/, '') === folded(heading)) return '';
    const begins = folded(written.slice(0, heading.length)) === folded(heading);
    const [mark = '', rest = ''] = /^\s*[–—:-]\s+(.*)$|^/.exec(written.slice(heading.length)) ?? [];
    // «Bilan – Bilan – …»
    if (begins && mark !== '' && rest !== '') return afterOwnHeading(rest, section) ?? rest.trim();
  }
  return undefined;
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
  const isHeading =
    isMarked || (rest !== '' && /^\s*$|^\s*[-+*•]\s/.test(next) && !/[.;!?]$/.test(first.trim()));
  const title = isHeading ? afterOwnHeading(first, section) : undefined;
  if (title === undefined) return text;
  return title === ''
    ? withoutOwnHeading(rest, section)
    : [`# ${title}`, ...(rest === '' ? [] : ['', rest])].join('\n');
};
