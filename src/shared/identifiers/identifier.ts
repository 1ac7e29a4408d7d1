/** What in a text names or reaches one person; the codes are part of the contract, as codes of warnings. */
export type IdentifierCode = 'health-number' | 'phone-number' | 'email-address';

/** Where in a text an identifier stands, in UTF-16 code units. */
export interface Identifier {
  code: IdentifierCode;
  start: number;
  end: number;
}

/**
 * The identifiers that a pattern finds and that `isValid` accepts, with what stands before and after a match. What belongs to the
 * identifier before it is not shown: of numbers that are written together each is one.
 *
 * A pattern repeats nothing without a bound, and what is shown has a bound too: however long and whatever a text is, each place of it
 * costs no more than a fixed number of steps.
 */
export const found = (
  code: IdentifierCode,
  { text, pattern, isValid }: { text: string; pattern: RegExp; isValid: IsValid },
): Identifier[] => {
  const identifiers: Identifier[] = [];
  let last = 0;
  for (const match of text.matchAll(pattern)) {
    const start = match.index;
    const end = start + match[0].length;
    const before = text.slice(Math.max(last, start - contextLength), start);
    if (!isValid(match, { before, after: text.slice(end, end + contextLength) })) continue;
    identifiers.push({ code, start, end });
    last = end;
  }
  return identifiers;
};

export interface Neighbours {
  before: string;
  after: string;
}
type IsValid = (match: RegExpExecArray, neighbours: Neighbours) => boolean;

/** How much of what stands beside a match says what the match is: a few words. */
const contextLength = 48;

const attachedWord = /([\p{L}\p{N}]+)[-_/.@\\]$/u;
/** PC, IMP: the names of kinds of devices; with digits in it, the name of a single one. */
const shortName = /^(?:\p{Lu}{2,3}|(?=\p{N}*\p{L})\p{L}*\p{N}[\p{L}\p{N}]*)$/u;
/** Short names of people and of the record itself, and a health number. */
const patientWord = /^(?:pt|pte|ptn|id|dsn|nam|ramq|[a-z]{4}\d{8})$/i;
const deviceWord =
  /^(?:v|r|rev|ver|sn|pn|pc|imp|inv|hp|www|serie|serial|asset|actif|inventaire|inventory|tag|sku|lot|modele|model|imprimante|ecran|portable|laptop|printer|screen)$/i;

/**
 * The word that is joined to what comes after it, as «patient» is in «patient-TREM», and whether it makes a serial number of it, as
 * «PC-» does.
 */
export const joinedWord = (before: string): { word: string; isSerial: boolean } | undefined => {
  const word = attachedWord.exec(before)?.[1];
  if (word === undefined) return undefined;
  if (patientWord.test(word)) return { word, isSerial: false };
  return { word, isSerial: before.endsWith('@') || shortName.test(word) || deviceWord.test(word) };
};
