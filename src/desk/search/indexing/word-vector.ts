import { formsOf, isNumber, wordsOf } from '../../../shared/words.js';

/** A heading counts for more than what is written under it, and that for more than what is noted later. */
export type Weight = 'A' | 'B' | 'C';

/** A text, cut into what it is found by. */
export interface CutText {
  /** Each with the first of the words that it stands for. */
  forms: readonly { form: string; at: number; isWord: boolean }[];
  /** Words it has. */
  length: number;
  /** What it takes of a tsvector, with the stems of its words: no less than it does. */
  bytes: number;
}

const placeBytes = 2;
/** Of each word, itself and its stems in two languages, none of them longer than the word and two letters. */
const formsOfWord = 3;
/** A lexeme has an entry of four bytes, and needs as many again for the count of its places and to be aligned. */
const entryBytes = 10;

/** What a lexeme takes of a tsvector, without its places; no less than it does. */
export const lexemeBytes = (lexeme: string): number => entryBytes + Buffer.byteLength(lexeme);

export const cutText = (text: string): CutText => {
  const words = wordsOf(text);
  const forms = formsOf(text, words).map(({ form, first }, index) => ({
    ...{ form, at: first, isWord: index < words.length },
  }));
  return { forms, length: words.length, bytes: bytesOf(forms) };
};

const bytesOf = (forms: CutText['forms']): number => {
  const seen = new Set<string>();
  let bytes = 0;
  for (const { form, isWord } of forms) {
    const times = isWord && !isNumber(form) ? formsOfWord : 1;
    bytes += times * placeBytes;
    if (seen.has(form)) continue;
    seen.add(form);
    bytes += times * lexemeBytes(form);
  }
  return bytes;
};

/**
 * Words and their places, as the text of a tsvector: PostgreSQL's own parser takes «555-0199» for a number below zero and
 * «10.20.30.40» for the name of a host, each by what stands around it.
 */
export class WordVector {
  private readonly places = new Map<string, string[]>();

  constructor(private readonly lexemesOf: (word: string) => readonly string[]) {}

  /** Adds a text whose first word has this place. */
  add({ forms }: CutText, from: number, weight: Weight): void {
    for (const { form, at, isWord } of forms) {
      const place = `${from + at}${weight}`;
      for (const lexeme of isWord ? this.lexemesOf(form) : [form]) this.placesOf(lexeme).push(place);
    }
  }

  /** Adds lexemes without places: that they are there at all. */
  addPlaceless(lexemes: Iterable<string>): void {
    for (const lexeme of lexemes) this.placesOf(lexeme);
  }

  /** What a text would add. */
  lexemesIn({ forms }: CutText): Set<string> {
    return new Set(forms.flatMap(({ form, isWord }) => (isWord ? this.lexemesOf(form) : form)));
  }

  get lexemes(): Iterable<string> {
    return this.places.keys();
  }

  /** No form has a quote or a backslash in it. */
  toString(): string {
    const lexemes: string[] = [];
    for (const [form, places] of this.places) {
      lexemes.push(places.length === 0 ? `'${form}'` : `'${form}':${places.join(',')}`);
    }
    return lexemes.join(' ');
  }

  private placesOf(form: string): string[] {
    let places = this.places.get(form);
    if (!places) this.places.set(form, (places = []));
    return places;
  }
}
