import { isNumber, joinedForms, wordsOf } from '../../../shared/text/words.js';

/** A heading counts for more than what is written under it, and that for more than what is noted later. */
export type Weight = 'A' | 'B' | 'C';

/** A text, cut into what it is found by. Those of a whole batch are held at once: so no object for each word. */
export interface CutText {
  /** In their order. */
  words: readonly string[];
  /** What several of them are when joined, and the like; each with the first of the words that it stands for. */
  joined: readonly { form: string; first: number }[];
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
  const found = wordsOf(text);
  const words = found.map(({ word }) => word);
  const joined = joinedForms(text, found);
  return { words, joined, bytes: bytesOf(words, joined) };
};

const bytesOf = (words: CutText['words'], joined: CutText['joined']): number => {
  const seen = new Set<string>();
  let bytes = 0;
  const add = (form: string, times: number) => {
    bytes += times * placeBytes;
    if (seen.has(form)) return;
    seen.add(form);
    bytes += times * lexemeBytes(form);
  };
  for (const word of words) add(word, isNumber(word) ? 1 : formsOfWord);
  for (const { form } of joined) add(form, 1);
  return bytes;
};

/** The lexeme by which a ticket is found by its reference: no word of a text begins like it. */
export const referenceLexeme = (reference: string): string => `@${reference}`;

/**
 * Words and their places, as the text of a tsvector: PostgreSQL's own parser takes «555-0199» for a number below zero and
 * «10.20.30.40» for the name of a host, each by what stands around it.
 */
export class WordVector {
  /** As a tsvector writes them. */
  private readonly places = new Map<string, string>();

  constructor(private readonly lexemesOf: (word: string) => readonly string[]) {}

  /** Adds a text whose first word has this place. */
  add({ words, joined }: CutText, from: number, weight: Weight): void {
    for (const [at, word] of words.entries()) {
      const place = `${from + at}${weight}`;
      for (const lexeme of this.lexemesOf(word)) this.addPlace(lexeme, place);
    }
    for (const { form, first } of joined) this.addPlace(form, `${from + first}${weight}`);
  }

  /** Adds lexemes without places: that they are there at all. */
  addPlaceless(lexemes: Iterable<string>): void {
    for (const lexeme of lexemes) if (!this.places.has(lexeme)) this.places.set(lexeme, '');
  }

  /** What a text would add. */
  lexemesIn({ words, joined }: CutText): Set<string> {
    const lexemes = new Set(words.flatMap((word) => this.lexemesOf(word)));
    for (const { form } of joined) lexemes.add(form);
    return lexemes;
  }

  get lexemes(): Iterable<string> {
    return this.places.keys();
  }

  copy(): WordVector {
    const copy = new WordVector(this.lexemesOf);
    for (const [lexeme, places] of this.places) copy.places.set(lexeme, places);
    return copy;
  }

  /** No form has a quote or a backslash in it. */
  toString(): string {
    return [this.placed, this.placeless].filter((text) => text !== '').join(' ');
  }

  /** Those that have places, as the text of a tsvector. */
  get placed(): string {
    let text = '';
    for (const [form, places] of this.places) if (places !== '') text += ` '${form}':${places}`;
    return text.slice(1);
  }

  /** Those that have none. */
  get placeless(): string {
    let text = '';
    for (const [form, places] of this.places) if (places === '') text += ` '${form}'`;
    return text.slice(1);
  }

  private addPlace(form: string, place: string): void {
    const places = this.places.get(form);
    this.places.set(form, places ? `${places},${place}` : place);
  }
}
