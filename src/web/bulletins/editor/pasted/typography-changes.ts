/** Words that a text has, and the words it would have in their place. */
export interface TypographyChange {
  from: string;
  to: string;
}

/** The signs of a text: typography adds spaces, and puts another sign in the place of one. */
const signsOf = (words: string): number => words.replace(/\s/g, '').length;
/** Words end at the plain spaces: a no-break space is part of one. */
const wordsOf = (line: string): string[] => line.split(/[ \t]+/).filter(Boolean);

/** The places at which typography changes a line. */
const changesOfLine = (from: string, to: string): TypographyChange[] => {
  const [before, after] = [wordsOf(from), wordsOf(to)];
  const changes: TypographyChange[] = [];
  for (let [a, b] = [0, 0]; a < before.length || b < after.length;) {
    let [was, is] = [before[a++] ?? '', after[b++] ?? ''];
    for (;;) {
      const [had, has] = [signsOf(was), signsOf(is)];
      if (had < has && a < before.length) was += ` ${before[a++]}`;
      else if (has < had && b < after.length) is += ` ${after[b++]}`;
      else break;
    }
    if (was !== is) changes.push({ from: was, to: is });
  }
  return changes;
};

/** What typography changes in a text: the words, and those in their place. */
export const typographyChanges = (from: string, to: string): TypographyChange[] => {
  if (from === to) return [];
  const after = to.split('\n');
  return from.split('\n').flatMap((line, at) => changesOfLine(line, after[at] ?? ''));
};
