/** More people than this are not mentioned by one note. */
const maxMentions = 20;

/** «@» and the subject of a token, which may be an address: not within a word, and without the punctuation that ends a sentence. */
const mention = /(?<![\p{L}\p{N}._%+@-])@([\p{L}\p{N}](?:[\p{L}\p{N}._%+@:-]*[\p{L}\p{N}])?)/gu;

/** The people whom a text mentions, each once. */
export const mentionsIn = (text: string): string[] => {
  if (!text.includes('@')) return [];
  const all = Array.from(text.matchAll(mention), ([, person = '']) => person);
  return [...new Set(all)].slice(0, maxMentions);
};
