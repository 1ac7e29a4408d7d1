import { lexemeBytes, type CutText, type Weight, type WordVector } from './word-vector.js';

/** What a row holds besides its words, and where a text that follows would have to go. */
export interface PartState {
  part: number;
  /** Places that are taken. */
  length: number;
  /** Of its words in a tsvector, no less than they are. */
  bytes: number;
}

/** A text of a ticket, as it was written. */
export interface WrittenText {
  column: 'heading' | 'body' | 'notes' | 'internal_notes';
  text: string;
  cut: CutText;
}

const weights: Readonly<Record<WrittenText['column'], Weight>> = {
  ...{ heading: 'A', body: 'B', notes: 'C', internal_notes: 'C' },
};

/** What is added to a row. */
export interface PartChange extends PartState {
  /** None where it is the first one, that later ones lend their words to. */
  texts: WrittenText[];
  /** The words that everyone may find it by; and all, those of internal notes too: one vector where nothing is internal. */
  words: WordVector;
  allWords: WordVector;
  internal: boolean;
  /** The ticket has more parts than this. */
  split: boolean;
  /** It was not there before. */
  isNew: boolean;
}

/*
 * A tsvector holds 1 MB, 16 383 places and 255 of each word. A text of 10 000 characters may have 10 000 words and need 250 kB; with
 * one more a part still lies below all that, and of a word that is one in twenty it has all places.
 */
const maxLength = 5_000;
const maxBytes = 250_000;
const maxFirstBytes = 600_000;
/** So that no phrase goes from one text into the next. */
const gap = 1;
const empty = { length: 0, bytes: 0 };

const isFull = ({ length, bytes }: PartState): boolean => length >= maxLength || bytes >= maxBytes;

/** Whether these texts may not all go into the last row. */
export const mayNeedMore = ({ part, length, bytes }: PartState, texts: readonly WrittenText[]): boolean =>
  part > 0 ||
  isFull({
    part,
    length: texts.reduce((sum, { cut }) => sum + cut.words.length + gap, length),
    bytes: texts.reduce((sum, { cut }) => sum + cut.bytes, bytes),
  });

/** Lexemes, as many as fit into a tsvector beside the places of some. */
class Shelf {
  private readonly lexemes = new Set<string>();
  private bytes = 0;

  constructor(lexemes: readonly string[]) {
    for (const lexeme of lexemes) this.add(lexeme);
  }

  /** Puts in what there is room for; returns what is there then. */
  put(lexemes: Iterable<string>): string[] {
    const there: string[] = [];
    for (const lexeme of lexemes) {
      if (this.bytes < maxFirstBytes) this.add(lexeme);
      if (this.lexemes.has(lexeme)) there.push(lexeme);
    }
    return there;
  }

  private add(lexeme: string): void {
    if (this.lexemes.has(lexeme)) return;
    this.lexemes.add(lexeme);
    this.bytes += lexemeBytes(lexeme);
  }
}

/** What is internal goes into the second vector only; the first is copied when there is any. */
const put = (part: PartChange, isInternal: boolean, add: (words: WordVector) => void): void => {
  if (isInternal && !part.internal) {
    part.internal = true;
    part.allWords = part.words.copy();
  }
  add(part.allWords);
  if (part.internal && !isInternal) add(part.words);
};

/** Spreads the texts of a ticket over rows: as many as they need, and the same however few are added at once. */
export class TicketParts {
  private readonly byPart = new Map<number, PartChange>();
  private current: PartChange | undefined;

  private shelf: Shelf | undefined;

  /**
   * `last`: the state of the ticket's last row, undefined where there is none yet; `first`: the lexemes of its first one, which
   * have to be told where `mayNeedMore`.
   */
  constructor(
    private readonly last: PartState | undefined,
    private readonly first: readonly string[],
    private readonly newVector: () => WordVector,
  ) {}

  get changes(): Iterable<PartChange> {
    return this.byPart.values();
  }

  /** Makes a ticket that is new be found by a lexeme that stands in none of its texts. */
  name(lexeme: string): void {
    put(this.next(), false, (words) => words.addPlaceless([lexeme]));
  }

  add(written: WrittenText): void {
    const { cut } = written;
    const part = this.next();
    const from = part.length + 1;
    part.texts.push(written);
    part.length += cut.words.length + gap;
    part.bytes += cut.bytes;
    const isInternal = written.column === 'internal_notes';
    put(part, isInternal, (words) => words.add(cut, from, weights[written.column]));
    if (part.part > 0) this.lend(part.allWords.lexemesIn(cut), isInternal);
  }

  /** The first part is found by the words of the later ones too, as far as they fit: so words of several parts meet there. */
  private lend(lexemes: ReadonlySet<string>, isInternal: boolean): void {
    const first = this.change({ part: 0, ...empty }, false);
    this.shelf ??= new Shelf([...this.first, ...first.allWords.lexemes]);
    const lent = this.shelf.put(lexemes);
    put(first, isInternal, (words) => words.addPlaceless(lent));
  }

  private next(): PartChange {
    const state = this.current ?? this.last;
    if (!state) this.current = this.change({ part: 0, ...empty }, true);
    else if (isFull(state)) {
      this.change({ part: 0, ...empty }, false).split = true;
      this.current = this.change({ ...empty, part: state.part + 1 }, true);
    } else this.current ??= this.change(state, false);
    return this.current;
  }

  private change({ part, length, bytes }: PartState, isNew: boolean): PartChange {
    const known = this.byPart.get(part);
    if (known) return known;
    const words = this.newVector();
    const change: PartChange = {
      ...{ part, length, bytes, isNew, texts: [], internal: false, split: part > 0 },
      ...{ words, allWords: words },
    };
    this.byPart.set(part, change);
    return change;
  }
}
