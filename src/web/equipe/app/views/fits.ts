import { foldText } from '../../../../shared/text/fold-text.js';
import { wordsOf } from '../../../../shared/text/words.js';

/** Whether the texts of a ticket have every typed word; words are split and folded as by the server's search. */
export const fitsTyped = (texts: readonly string[], typed: string): boolean => {
  const all = foldText(texts.join(' '));
  return foldText(typed)
    .split(/\s+/u)
    .every((part) => all.includes(part) || hasWords(all, part));
};

const hasWords = (all: string, part: string): boolean => {
  const words = wordsOf(part);
  return words.length > 0 && words.every(({ word }) => all.includes(word));
};
