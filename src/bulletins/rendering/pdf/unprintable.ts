import MarkdownIt from 'markdown-it';
import type { Unprintable } from '../../domain/cautions.js';
import { sectionNames, type Contents } from '../../domain/bulletin.events.js';
import { isPrintable } from './fonts.js';

/** As many as a producer looks at; each is named once for each part. */
const maxFound = 20;
/** How much of the text around a character shows where it stands. */
const aroundLength = 24;
/** Nothing of these is seen, so no font needs them. */
const unseen = /[\s\p{Default_Ignorable_Code_Point}\p{Cc}\p{Cf}]/u;
const { utils } = new MarkdownIt('commonmark');

/** The characters of a bulletin that none of the PDF's fonts has a sign for: an empty box would be printed in their place. */
export const unprintableIn = ({ sections, releves }: Contents): Unprintable[] => {
  const texts: [Unprintable['part'], string][] = [
    ...sectionNames.flatMap((name) =>
      textsOf(sections[name]).map((text): [typeof name, string] => [name, text]),
    ),
    ...releves.flatMap(({ label = '', unit = '', targetNote = '', source = '' }) =>
      [label, unit, targetNote, source].map((text): ['releves', string] => ['releves', text]),
    ),
  ];
  const found = new Map<string, Unprintable>();
  for (const [part, text] of texts) {
    // A character reference such as «&#x1F980;» is printed as its character.
    const printed = utils.unescapeAll(text);
    for (const { 0: character, index } of printed.matchAll(/[^\0-\x7f]/gu)) {
      if (found.size >= maxFound) return [...found.values()];
      const key = `${part} ${character}`;
      if (found.has(key) || unseen.test(character) || isPrintable(character)) continue;
      found.set(key, { character, part, around: aroundOf(printed, index, character.length) });
    }
  }
  return [...found.values()];
};

const textsOf = (section: Contents['sections'][(typeof sectionNames)[number]]): string[] => {
  if (section === undefined) return [];
  if (typeof section === 'string') return [section];
  return section.flatMap(({ establishment, text }) => [establishment?.name ?? '', text]);
};

/** The words around a place of a text, in one line. */
const aroundOf = (text: string, at: number, length: number): string => {
  const [start, end] = [at - aroundLength, at + length + aroundLength];
  const words = text.slice(Math.max(0, start), end).toWellFormed().replaceAll('\uFFFD', '');
  return `${start > 0 ? '…' : ''}${words.replace(/\s+/g, ' ').trim()}${end < text.length ? '…' : ''}`;
};
