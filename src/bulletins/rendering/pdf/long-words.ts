import type { Span } from '../content/blocks.js';

/** A line of a sheet has about so many letters. */
const maxUnbroken = 80;
/** Where a line may end, and nothing is seen. */
const breakHere = '\u200b';
const space = /\s/;
const belongsToTheOneBefore = /[\p{M}\p{Cf}]/u;

/**
 * The same text, with places at which a line may end within words longer than a line: what lays out pages would otherwise measure
 * a word again for each of its letters, a minute for 20 000 of them.
 */
export const breakLongWords = (spans: readonly Span[]): Span[] => {
  let unbroken = 0;
  const broken = (text: string): string => {
    let written = '';
    for (const letter of text) {
      if (space.test(letter)) unbroken = 0;
      else if (unbroken < maxUnbroken || belongsToTheOneBefore.test(letter)) unbroken += 1;
      else {
        written += breakHere;
        unbroken = 1;
      }
      written += letter;
    }
    return written;
  };
  // A word goes on from one span to the next.
  return spans.map((span) => ({ ...span, text: broken(span.text) }));
};

/** The same of a text in one look. */
export const breakLongWordsOfText = (text: string): string => breakLongWords([{ text }])[0]?.text ?? '';
