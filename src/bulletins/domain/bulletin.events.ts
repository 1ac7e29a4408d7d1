import type { Instant } from '../../shared/instant.js';
import { codesOf, figureLabels, type FigureName } from '../../shared/vocabulary.js';

/** The figures that a bulletin freezes, in the order they are read. */
export const figureNames = codesOf(figureLabels);
export type PublishedFigures = Record<FigureName, number>;

/** The figures of the ticket day as they were known at one position. */
export interface KnownFigures {
  /** The reporting zone; each establishment's day is cut by its own. */
  timeZone: string;
  total: PublishedFigures;
  establishments: (PublishedFigures & { code: string; name: string })[];
  /** Every event up to here is counted. */
  position: string;
  knownAt: Instant;
  /** The version of the definitions that counted them. */
  definitionsVersion: number;
}

/** What a bulletin tells of one establishment, or of all where none is named; Markdown. */
export interface HighlightText {
  /** As the producer wrote it, and as the bulletin prints it. */
  establishment?: { written: string; name: string };
  text: string;
}

export const sectionNames = ['bilan', 'faitsSaillants', 'objectif'] as const;
export type SectionName = (typeof sectionNames)[number];

/** The texts, in Markdown. */
export interface Sections {
  bilan?: string;
  faitsSaillants?: HighlightText[];
  objectif?: string;
}

/** A figure that comes from elsewhere: it has its own day, never the bulletin's. */
export interface Releve {
  code: string;
  day: string;
  value: number;
  /** What the value is a part of. */
  total?: number;
  /** What is counted; `%` where the value is a percentage itself. */
  unit?: string;
  target?: number;
  /** By when, says who: printed after the target. */
  targetNote?: string;
  /** Who or what it was taken from. */
  source?: string;
  /** How the bulletin names it, where its code has no sentence of its own. */
  label?: string;
}

/** What a producer writes. */
export interface Contents {
  ticketDay: string;
  sections: Sections;
  releves: Releve[];
}

/** One figure that differs from what was published before. */
export interface FigureChange {
  establishment: string;
  figure: FigureName;
  from: number;
  to: number;
}

/** One event that made figures differ, and by how much. */
export interface Cause {
  ticketId: string;
  type: string;
  position: string;
  occurredAt: Instant;
  recordedAt: Instant;
  establishment: string;
  /** What it added to the figures of the ticket day. */
  delta: Partial<PublishedFigures>;
}

interface Happened {
  occurredAt: Instant;
  /** The subject of the token that asked. */
  by: string;
}

/** A producer wrote the draft, whole; what stood there before stays in the log. */
export interface BulletinDrafted extends Happened {
  type: 'BulletinDrafted';
  contents: Contents;
}

/** The draft became the bulletin, its figures frozen as they were known. */
export interface BulletinPublished extends Happened {
  type: 'BulletinPublished';
  revision: 1;
  contents: Contents;
  figures: KnownFigures;
}

/** The bulletin was corrected in the open: what is printed from now on, and what differs from before. */
interface BulletinRevised extends Happened {
  type: 'BulletinRevised';
  /** 2 for the first correction, and so on. */
  revision: number;
  contents: Contents;
  figures: KnownFigures;
  changes: FigureChange[];
}

/** The events because of which a revision's figures differ; several of these where they are many. */
export interface RevisionExplained extends Happened {
  type: 'RevisionExplained';
  revision: number;
  causes: Cause[];
}

export type BulletinEvent = BulletinDrafted | BulletinPublished | BulletinRevised | RevisionExplained;

/** The stream of the bulletin of one date. */
export const bulletinStream = (date: string): string => `bulletin-${date}`;
