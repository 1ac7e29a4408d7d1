import {
  percentOf,
  printedWordsIn,
  type Contents,
  type HighlightText,
  type Releve,
  type Sections,
} from '../../../../bulletins/index.js';
import type { Day } from '../../../../calendar/local-days.js';
import { withoutFormat } from '../../../../shared/text/plain-text.js';
import { languages } from '../../../../shared/text/text.js';
import {
  afterHeading,
  afterOwnHeading,
  folded,
  maxLineLength,
  plainLine,
  wordsOfLine,
} from './own-headings.js';
import { readLists } from './pasted-lists.js';
import { pastedDay } from './pasted-days.js';
import { isCounted, ticketHeading } from './pasted-tickets.js';
import { pastedReleve } from './pasted-releves.js';
import { withWindowsCharacters } from './windows-1252.js';

/** A whole bulletin as it was read from its text. */
export interface PastedBulletin {
  /** A heading of the bulletin's own was found; else the whole text is its summary. */
  isRecognized: boolean;
  /** What was found; a section that was not is absent. */
  sections: Sections;
  releves: Releve[];
  ticketDay: Day | undefined;
  /** The heading of the tickets where no day is read in it. */
  unreadTicketHeading: string | undefined;
  /** The date it carries. */
  date: Day | undefined;
  /** Its lines on tickets, which are counted and not read. */
  counted: string[];
  /** Lines that have no place in a draft. */
  unplaced: string[];
}

/** The establishment that a name stands for. */
export type FindEstablishment = (name: string) => { name: string; aliases: readonly string[] } | undefined;

type Part = 'head' | 'bilan' | 'faitsSaillants' | 'technology' | 'tickets' | 'objectif';

const printed = (word: Parameters<ReturnType<typeof printedWordsIn>>[0]): string[] =>
  languages.map((language) => printedWordsIn(language)(word));
const [names, technology, highlights] = [
  printed('subtitle').flatMap((name) => [
    name,
    name.replace(/ \(.*\)$/, ''),
    ...(/(?<=\().*(?=\)$)/.exec(name) ?? []),
  ]),
  printed('technology'),
  printed('highlights'),
];
const titles = [...printed('title'), ...names].map(folded);
/** The words of the network's logo, which a copied page ends with. */
const logo = /^(?:quebec|sante|sante quebec|quebec sante)$/;
/** What joins a heading and whose or of when it is: «Mise à jour technologique du 16 mai». */
const joints = /\s+(?:(?:de la journée du|du|au|pour le|of the|for the|of|for)\s+)?/giu;
const isItem = /^\s*(?:[-+*]|\d{1,9}[.)])\s/;
/** A line without the sign of its item, which is plain text where it was pasted as that. */
const withoutSign = (line: string): string => line.replace(/^\s*\\(?=[-+*])/, '').replace(isItem, '');

/** Reads a bulletin that was copied from where it was published: its own headings say what each part is. */
export const pastedBulletin = (text: string, date: Day, find: FindEstablishment): PastedBulletin => {
  const written = readLists(withoutFormat(withWindowsCharacters(text)));
  const read = new BulletinReader(date, find).read(written);
  if (read.isRecognized || written.trim() === '') return read;
  return { ...read, counted: [], unplaced: [], sections: { bilan: written.trim() } };
};

class BulletinReader {
  private part: Part = 'head';
  /** The day of the relevés that are read. */
  private releveDay: Day | undefined;
  private readonly lines: Record<'bilan' | 'objectif', string[] | undefined> = {
    bilan: undefined,
    objectif: undefined,
  };
  private readonly rows: { establishments: string[]; lines: string[] }[] = [];
  private readonly found: PastedBulletin = {
    isRecognized: false,
    sections: {},
    ...{
      releves: [],
      ticketDay: undefined,
      unreadTicketHeading: undefined,
      date: undefined,
      counted: [],
      unplaced: [],
    },
  };

  constructor(
    private readonly date: Day,
    private readonly find: FindEstablishment,
  ) {}

  read(text: string): PastedBulletin {
    for (const line of withoutLogo(text.split('\n'))) if (!this.begins(line)) this.take(line);
    const { bilan, objectif } = this.lines;
    const faitsSaillants = this.highlights();
    return {
      ...this.found,
      releves: withoutComputed(this.found.releves),
      sections: {
        ...(bilan && { bilan: bilan.join('\n').trim() }),
        ...(faitsSaillants.length > 0 && { faitsSaillants }),
        ...(objectif && { objectif: objectif.join('\n').trim() }),
      },
    };
  }

  /** Whether a line is a heading of the bulletin's own, and begins a part. */
  private begins(line: string): boolean {
    if (line.length > maxLineLength) return false;
    if (isItem.test(line)) return !this.isInText && this.beginsTickets(line);
    for (const section of ['bilan', 'objectif'] as const) {
      const title = afterOwnHeading(line, section);
      if (title === undefined) continue;
      this.beginPart(section);
      this.lines[section] = title === '' ? [] : [`# ${title}`];
      return true;
    }
    return this.beginsHighlights(line) || this.beginsTechnology(line) || this.beginsTickets(line);
  }

  private beginsHighlights(line: string): boolean {
    const rest = afterNamed(line, highlights, this.date);
    if (rest === undefined) return false;
    // Below «Mise à jour technologique» the same words are a heading of the relevés.
    if (this.part !== 'technology') this.beginPart('faitsSaillants');
    this.takeRest(rest);
    return true;
  }

  private beginsTechnology(line: string): boolean {
    const rest = afterNamed(line, technology, this.date);
    // In a text, «Mise à jour technologique : elle est prévue demain.» is one of its sentences.
    if (rest === undefined || (this.part in this.lines && /[.!?…]$/.test(rest))) return false;
    this.beginPart('technology');
    this.takeRest(rest);
    return true;
  }

  private beginsTickets(line: string): boolean {
    const heading = ticketHeading(withoutSign(line), this.date, this.isInText);
    const needsDay = isItem.test(line) || this.part === 'tickets';
    if (!heading || (needsDay && heading.day === undefined)) return false;
    this.beginPart('tickets');
    this.found.ticketDay = heading.day;
    this.found.unreadTicketHeading = heading.day === undefined ? plainLine(line) : undefined;
    return true;
  }

  /** What people tell stands here, and not what the bulletin prints by itself. */
  private get isInText(): boolean {
    return this.part in this.lines || this.part === 'faitsSaillants';
  }

  private beginPart(part: Part): void {
    this.part = part;
    this.found.isRecognized = true;
  }

  /** What stands behind a heading on its line: a line of its own where it says something. */
  private takeRest(rest: string): void {
    if (rest === '') return;
    const isText = this.establishmentsIn(rest) !== undefined || /[.!?…]$/.test(rest);
    if (this.part === 'faitsSaillants' && !isText) this.found.unplaced.push(rest);
    else this.take(rest);
  }

  private take(line: string): void {
    const isBlank = line.trim() === '';
    if (isCounted(withoutSign(line), this.isInText)) {
      this.found.counted.push(plainLine(withoutSign(line)));
      return;
    }
    switch (this.part) {
      case 'bilan':
      case 'objectif':
        this.lines[this.part]?.push(line);
        break;
      case 'faitsSaillants':
        this.takeHighlight(line);
        break;
      case 'head':
        if (!isBlank) this.takeHead(line);
        break;
      case 'technology':
        if (!isBlank) this.takeReleve(line);
        break;
      case 'tickets':
        if (!isBlank) this.found.counted.push(plainLine(withoutSign(line)));
        break;
    }
  }

  private takeHead(line: string): void {
    const written = folded(plainLine(line));
    if (titles.includes(written)) return;
    const day = pastedDay(written, '9999-12-31');
    if (day !== undefined && /\d{4}/.test(written)) this.found.date = day;
    else this.found.unplaced.push(line.trim());
  }

  private takeHighlight(line: string): void {
    const establishments = isItem.test(line) ? undefined : this.establishmentsIn(plainLine(line));
    const last = this.rows.at(-1);
    if (establishments) this.rows.push({ establishments, lines: [] });
    else if (last) last.lines.push(line);
    else if (line.trim() !== '') this.rows.push({ establishments: [], lines: [line] });
  }

  /** The establishments of a heading such as «Mauricie-Centre-du-Québec et Nord-de-l'Île-de-Montréal»; undefined for any other line. */
  private establishmentsIn(heading: string): string[] | undefined {
    if (heading === '') return undefined;
    const all = [[heading], heading.split(/\s*[,;]\s*|\s+(?:et|and)\s+/)];
    return all
      .map((names) => names.map((name) => this.listedName(name)))
      .find((names): names is string[] => names.every((name) => name !== undefined));
  }

  /** A name as the list of establishments spells it, so that it is printed so, whatever its dashes and apostrophes; a code stays one. */
  private listedName(written: string): string | undefined {
    const found = this.find(written);
    if (!found) return undefined;
    const names = [found.name, ...found.aliases];
    // The list has names with either apostrophe; the bulletin prints the straight one.
    const plain = written.replace(/[’‘ʼ]/g, "'");
    if (names.includes(plain)) return plain;
    return names.find((name) => folded(name) === folded(written)) ?? written;
  }

  private takeReleve(line: string): void {
    const written = plainLine(withoutSign(line));
    const day = isItem.test(line) ? undefined : pastedDay(written, this.date);
    if (day !== undefined) {
      this.releveDay = day;
      return;
    }
    const releve =
      this.releveDay === undefined || written.length > maxLineLength
        ? undefined
        : pastedReleve(written, this.releveDay);
    if (releve) this.found.releves.push(releve);
    else this.found.unplaced.push(line.trim());
  }

  private highlights(): HighlightText[] {
    return this.rows.flatMap(({ establishments, lines }): HighlightText[] => {
      const text = lines.join('\n').trim();
      if (text === '') return [];
      if (establishments.length === 0) return [{ text }];
      return establishments.map((written) => ({ establishment: { written, name: written }, text }));
    });
  }
}

const isOfTheNetwork = (words: string): boolean => afterHeading(words, names) === '';

/**
 * What stands behind a heading: a day where one is joined to it; nothing where it is the network's own name, as in «Faits saillants –
 * DSN»; undefined for any other line.
 */
const afterNamed = (line: string, headings: readonly string[], date: Day): string | undefined => {
  const rest = afterHeading(line, headings);
  if (rest !== undefined) return isOfTheNetwork(rest) ? '' : rest;
  const words = wordsOfLine(line);
  for (const { 0: joint, index } of words.matchAll(joints)) {
    const joined = words.slice(index + joint.length);
    if (afterHeading(words.slice(0, index), headings) !== '') continue;
    if (isOfTheNetwork(joined)) return '';
    if (pastedDay(joined, date) !== undefined) return joined;
  }
  return undefined;
};

const withoutLogo = (lines: readonly string[]): readonly string[] => {
  const last = lines.findLastIndex((line) => line.trim() !== '' && !logo.test(folded(line)));
  return lines.slice(0, last + 1);
};

/** Without the percentages that are printed by themselves, computed from a value and its total. */
const withoutComputed = (releves: readonly Releve[]): Releve[] =>
  releves.filter(
    ({ code, day, value }) =>
      code !== 'accesses-done' ||
      !releves.some(
        (other) => other.code === 'connected-users' && other.day === day && percentOf(other) === value,
      ),
  );

/** A draft with what was read of a pasted bulletin in the place of its own. */
export const withPasted = (draft: Contents, { sections, releves, ticketDay }: PastedBulletin): Contents => ({
  ticketDay: ticketDay ?? draft.ticketDay,
  sections: { ...draft.sections, ...sections },
  releves: releves.length > 0 ? releves : draft.releves,
  ...(draft.weekChart && { weekChart: draft.weekChart }),
});
