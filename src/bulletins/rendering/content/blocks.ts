import type { Paper } from '../../../shared/paper.js';
import type { Logo } from '../logo/logo.js';

/** A run of text of one look. A line break is a run of its own: `\n`. */
export interface Span {
  text: string;
  bold?: true;
  italic?: true;
  code?: true;
  /** http, https or mailto. */
  link?: string;
}

export type Block =
  | { kind: 'heading'; level: 2 | 3 | 4 | 5 | 6; spans: readonly Span[] }
  | { kind: 'paragraph'; spans: readonly Span[] }
  | {
      kind: 'list';
      /** The first number; undefined: bullets. */ start?: number;
      items: readonly (readonly Block[])[];
    }
  | { kind: 'quote'; blocks: readonly Block[] }
  | { kind: 'code'; text: string }
  | { kind: 'rule' }
  | TableBlock
  | ChartBlock;

export interface TableBlock {
  kind: 'table';
  /** The first column holds names, the others numbers as they are printed; the last row is the total. */
  columns: readonly string[];
  rows: readonly (readonly string[])[];
}

export interface ChartBlock {
  kind: 'chart';
  /** What it shows, with its numbers, for who does not see it. */
  words: string;
  series: readonly [string, string];
  /** One for each day: its name in a few letters, its name, and the numbers. */
  days: readonly {
    short: string;
    name: string;
    values: readonly [number, number];
    shown: readonly [string, string];
  }[];
  /** What the days are called. */
  axis: string;
}

/** What a part of the page is, for how it looks. */
type SectionRole = 'text' | 'technology' | 'tickets' | 'week' | 'correction' | 'annex';

export interface Section {
  role: SectionRole;
  blocks: readonly Block[];
}

/** Who publishes: above everything else, where it is set. */
interface Letterhead {
  organisation: string | undefined;
  logo: Logo | undefined;
  /** What the logo is, for who does not see it. */
  logoWords: string;
}

/** A bulletin as it's printed: what every form lays out, each in its own way. */
export interface PageBlocks {
  language: 'fr' | 'en';
  paper: Paper;
  letterhead: Letterhead | undefined;
  title: string;
  subtitle: string;
  date: string;
  /** What previews of links to it say: nothing that may still change or no longer stands. */
  summary: string;
  /** What a reader must know first: that it is a draft. */
  notice: string | undefined;
  sections: readonly Section[];
  /** Where the figures come from; then what this installation prints at the end. */
  footer: readonly string[];
  /** What this installation prints at the foot of each sheet. */
  foot: string | undefined;
}

export const plain = (text: string): Span[] => [{ text }];
