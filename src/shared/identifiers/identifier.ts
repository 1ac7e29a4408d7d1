/** What in a text names or reaches one person; the codes are part of the contract, as codes of warnings. */
export type IdentifierCode = 'health-number' | 'phone-number' | 'email-address';

/** Where in a text an identifier stands, in UTF-16 code units. */
export interface Identifier {
  code: IdentifierCode;
  start: number;
  end: number;
}

/** The identifiers that a pattern finds and that `isValid` accepts. `valid` gets the match and what stands before it. */
export const found = (
  code: IdentifierCode,
  { text, pattern, isValid }: { text: string; pattern: RegExp; isValid: IsValid },
): Identifier[] =>
  [...text.matchAll(pattern)].flatMap((match) => {
    const start = match.index;
    const before = text.slice(Math.max(0, start - contextLength), start);
    return isValid(match, before) ? [{ code, start, end: start + match[0].length }] : [];
  });

type IsValid = (match: RegExpExecArray, before: string) => boolean;

/** How much of what stands before a match says what the match is: a word and a little more. */
const contextLength = 24;
