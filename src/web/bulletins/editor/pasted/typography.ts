import MarkdownIt, { type Token } from 'markdown-it';
import { Fences } from './fences.js';

/** A line of a text does not end at it: it keeps numbers whole, and signs with their words. */
const noBreak = '\u00A0';
/** Spaces at which a line may end: the plain one, and those of a certain width, such as the thin one. */
const breaking = ' \u2000-\u2006\u2008-\u200A\u205F';
const breakingSpaces = new RegExp(`[${breaking}]`, 'gu');
const spaces = `${breaking}\u00A0\u202F`;

/**
 * What is read by machines or is a time, and stays as it is: code, links with their texts, tags, addresses, character references, times
 * («4 h 30», «8:30», «08 : 30»), and characters that a backslash makes plain.
 */
const untouched = [
  /(?<ticks>`+)(?!`)[^]*?(?<!`)\k<ticks>(?!`)/u,
  /!?\[[^[\]]*\](?:\([^()]*(?:\([^()]*\)[^()]*)*\)|\[[^[\]]*\]|:.*)/u,
  /<[^<>]*>/u,
  /\b(?:(?:https?|ftp):\/\/|mailto:|tel:|www\.)\S*[^\s.,:;!?»)\]*_"'’]/u,
  /(?<![\w.+-])[\w.+-]+@[\w-]+(?:\.[\w-]+)+/u,
  /&#?\w+;/u,
  /(?<!\d)\d{1,2}[ \u00A0\u202F]?[hH](?:[ \u00A0\u202F]?\d{2}(?!\d)|(?![\p{L}\d]))/u,
  /(?<!\d)\d{1,2}(?::| : )\d{2}(?!\d)/u,
  /\\./u,
];
/** Stands for a part that stays as it is while its line is set. */
const placeholder = '\uE000';
const partsOf = (patterns: readonly RegExp[]): RegExp =>
  new RegExp([...patterns.map(({ source }) => source), placeholder].join('|'), 'gu');
const untouchedParts = partsOf(untouched);
/** Where addresses are written apart from the words that link to them, any words in brackets may be such a link. */
const separateAddress = /^ {0,3}\[[^[\]]+\]:/m;
const untouchedBesideAddresses = partsOf([...untouched, /\[[^[\]]*\]/u]);

/** What begins a line and is no text: indentation, and the marks of quotes, lists and headings. */
const lineStart = /^(?:[ \t]*(?:>|(?:[-+*]|\d{1,9}[.)]|#{1,6})(?=[ \t]|$)))*[ \t]*/;

/** Before a sign stands a word, a number, a bracket or the end of bold words. */
const afterWord = `(?<=[\\p{L}\\p{N})\\]%»…”’"${placeholder}][*_]{0,3})`;
const atEnd = '(?=[*_]{0,3}(?:\\s|$))';

/**
 * The rules, in Québec's usage: a space before a sign or within a number becomes one at which no line ends; one is added before «:» and
 * «%» and inside guillemets; before «;», «!» and «?» none is added.
 */
const rules: readonly (readonly [RegExp, string])[] = [
  // Quotation marks are pairs: one begins a word, the other ends one.
  [/(?<=^|[\s(['’*_])"(?=\S)([^"]*)(?<=[^\s\\])"(?=$|[\s)\],.:;!?…»*_])/gu, '«$1»'],
  [/“(?=\S)([^“”«»]*)(?<=\S)”/gu, '«$1»'],
  [/(?<=\p{L})'(?=[*_]{0,3}[\p{L}\p{N}«])/gu, '’'],
  [new RegExp(`«[${breaking}]?(?=[^\\s»])`, 'gu'), `«${noBreak}`],
  [new RegExp(`(?<=[^\\s«])[${breaking}]?»`, 'gu'), `${noBreak}»`],
  [new RegExp(`${afterWord}[${breaking}](?=[:;!?%](?![\\p{L}\\p{N}]))`, 'gu'), noBreak],
  [new RegExp(`(?<=[\\p{L}\\p{N})»’][*_]{0,3}):${atEnd}`, 'gu'), `${noBreak}:`],
  [/(?<=\d[*_]{0,3})%(?![\p{L}\p{N}])/gu, `${noBreak}%`],
];
/** «6 000», «1 234 567,5»; not the groups of a telephone number. */
const grouped = new RegExp(
  `(?<![\\d.,/+-]|\\d[${spaces}])\\d{1,3}(?:[${spaces}]\\d{3})+(?![${spaces}.-]?\\d)`,
  'gu',
);

/** A pair of marks may stand within another one, so the rules are applied until they change nothing. */
const setText = (text: string): string => {
  let set = text;
  for (;;) {
    const next = rules
      .reduce((before, [pattern, by]) => before.replace(pattern, by), set)
      .replace(grouped, (number) => number.replace(breakingSpaces, noBreak));
    if (next === set) return set;
    set = next;
  }
};

const setLine = (line: string): string => {
  const start = lineStart.exec(line)?.[0] ?? '';
  return start + setText(line.slice(start.length));
};

/** Lines without a blank one between them, since code and links may go on from one line to the next. */
const setLines = (lines: string, parts: RegExp): string => {
  const kept: string[] = [];
  const masked = lines.replace(parts, (part) => {
    kept.push(part);
    return placeholder;
  });
  return masked
    .split('\n')
    .map(setLine)
    .join('\n')
    .replaceAll(placeholder, () => kept.shift() ?? '');
};

const parser = new MarkdownIt('commonmark');
const marksOf = (tokens: readonly Token[]): string =>
  tokens.map(({ type, children }) => (type === 'text' ? '' : `${type} ${marksOf(children ?? [])}`)).join('');
const marksIn = (text: string): string => marksOf(parser.parse(text, {}));

/** The lines as they are set; as they were where a space would take a mark from its words, as in «**»**». */
const setSafely = (lines: string, parts: RegExp): string => {
  const set = setLines(lines, parts);
  return set === lines || marksIn(set) === marksIn(lines) ? set : lines;
};

/** Nobody writes longer paragraphs or lists, and some texts take the square of their length. */
const maxParagraphLength = 5_000;

const indentedCode = /^(?: {4}|\t)/;

/** The lines of a text in groups: those that are set together, and those that are code or blank. */
const groupsOf = (text: string): { lines: string[]; isText: boolean }[] => {
  const groups: { lines: string[]; isText: boolean }[] = [];
  const fences = new Fences();
  for (const line of text.split('\n')) {
    const last = groups.at(-1);
    const isCode = fences.hold(line) || (indentedCode.test(line) && !last?.isText);
    const isText = !isCode && line.trim() !== '';
    if (last?.isText === isText) last.lines.push(line);
    else groups.push({ lines: [line], isText });
  }
  return groups;
};

/**
 * A Markdown text in French typography: no-break spaces before signs, in numbers and in guillemets; guillemets; and apostrophes. Nothing
 * else changes, and nothing that machines read does. Setting a text twice is setting it once.
 */
export const frenchTypography = (text: string): string => {
  const parts = separateAddress.test(text) ? untouchedBesideAddresses : untouchedParts;
  return groupsOf(text)
    .map(({ lines, isText }) => {
      const written = lines.join('\n');
      return isText && written.length <= maxParagraphLength ? setSafely(written, parts) : written;
    })
    .join('\n');
};

const words: Record<'fr' | 'en', ReadonlySet<string>> = {
  fr: new Set(['le', 'la', 'les', 'l', 'd', 'des', 'du', 'de', 'et', 'un', 'une', 'est', 'sont', 'à', 'en']),
  en: new Set(['the', 'of', 'and', 'to', 'in', 'is', 'are', 'was', 'were', 'for', 'with', 'at', 'by']),
};

/** Whether the rules of French are those of a text: it has no more of the small words of English than of those of French. */
export const isFrench = (text: string): boolean => {
  const all = text.toLowerCase().match(/\p{L}+/gu) ?? [];
  const count = (language: 'fr' | 'en') => all.filter((word) => words[language].has(word)).length;
  return count('en') <= count('fr');
};
