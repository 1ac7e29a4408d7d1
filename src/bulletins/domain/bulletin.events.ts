import type { Instant } from '../../shared/instant.js';
import { codesOf, figureLabels, type FigureName } from '../../shared/vocabulary.js';

/** The figures that a bulletin freezes, in the order in which they are shown. */
export const figureNames = codesOf(figureLabels);
export type PublishedFigures = Record<FigureName, number>;

/** A day of the chart of the week: all tickets opened, and all resolved, whatever day they were opened. */
export interface WeekDay {
  date: string;
  opened: number;
  resolved: number;
}

/** The figures of the ticket day as they were known at one position. */
export interface KnownFigures {
  /** The reporting zone; each establishment's day is bounded by the midnights of its own zone. */
  timeZone: string;
  total: PublishedFigures;
  establishments: (PublishedFigures & { code: string; name: string })[];
  /** The seven days up to the ticket day, known at the same position; absent where the bulletin has no chart of them. */
  week?: WeekDay[];
  /** Every event up to here is counted. */
  position: string;
  knownAt: Instant;
  /** The version of the definitions that counted them. */
  definitionsVersion: number;
}

/** A highlight of one establishment, or of all where none is named; Markdown. */
export interface HighlightText {
  /** The establishment as the producer wrote it, and the name that the bulletin prints. */
  establishment?: { written: string; name: string };
  text: string;
}

export const sectionNames = ['bilan', 'faitsSaillants', 'objectif'] as const;
export type SectionName = (typeof sectionNames)[number];

/** The texts of a bulletin, in Markdown. */
export interface Sections {
  bilan?: string;
  faitsSaillants?: HighlightText[];
  objectif?: string;
}

/** A figure that comes from elsewhere; it has a day of its own, never the bulletin's. */
export interface Releve {
  code: string;
  day: string;
  value: number;
  /** The total that the value is a part of. */
  total?: number;
  /** The unit of the value; `%` where the value is a percentage itself. */
  unit?: string;
  target?: number;
  /** The deadline or the origin of the target; it is printed after the target. */
  targetNote?: string;
  /** The person or system that the value comes from. */
  source?: string;
  /** The name that the bulletin prints where the code has no sentence of its own. */
  label?: string;
}

/** The contents of a draft: everything that a producer writes. */
export interface Contents {
  ticketDay: string;
  sections: Sections;
  releves: Releve[];
  /** The bulletin shows the seven days up to the ticket day as a chart. */
  weekChart?: true;
}

/** One figure that differs from the publication before. */
export interface FigureChange {
  establishment: string;
  figure: FigureName;
  from: number;
  to: number;
}

/** One event because of which figures differ, and by how much. */
export interface Cause {
  ticketId: string;
  type: string;
  position: string;
  occurredAt: Instant;
  recordedAt: Instant;
  establishment: string;
  /** What the event added to the figures of the ticket day. */
  delta: Partial<PublishedFigures>;
}

/** The log as it was when the figures were counted: `hash` covers every event of the log `id` up to the position. */
export interface LogExtent {
  id: string;
  position: string;
  /** SHA-256, as 64 hexadecimal digits. */
  hash: string;
}

/** Who vouches for a publication: the key by the name that is published with it, and its Ed25519 signature in base64url. */
export interface Signature {
  kid: string;
  value: string;
}

/** What proves a publication to strangers; those of before have none of it. */
interface Proven {
  /** Absent where the log has no hash chain. */
  log?: LogExtent;
  /** Absent where the server had no key to sign with. */
  signature?: Signature;
}

interface Happened {
  occurredAt: Instant;
  /** The subject of the token with which the command was sent. */
  by: string;
}

/** A producer wrote the whole draft; earlier drafts stay in the log. */
export interface BulletinDrafted extends Happened {
  type: 'BulletinDrafted';
  contents: Contents;
}

/** The draft was published, with its figures frozen as they were known. */
export interface BulletinPublished extends Happened, Proven {
  type: 'BulletinPublished';
  revision: 1;
  contents: Contents;
  figures: KnownFigures;
}

/** A corrected bulletin was published: the contents and figures from now on, and how the figures differ from before. */
export interface BulletinRevised extends Happened, Proven {
  type: 'BulletinRevised';
  /** 2 for the first correction, and so on. */
  revision: number;
  contents: Contents;
  figures: KnownFigures;
  changes: FigureChange[];
}

/** The causes of a revision's changed figures; a revision with many causes has several of these events. */
export interface RevisionExplained extends Happened {
  type: 'RevisionExplained';
  revision: number;
  causes: Cause[];
}

/** A draft that was never published was given up; what it said stays in the log. */
interface DraftDeleted extends Happened {
  type: 'DraftDeleted';
}

/** What was published no longer stands, until it is published again as the next revision. */
interface BulletinWithdrawn extends Happened {
  type: 'BulletinWithdrawn';
  /** The publication that stood until then. */
  revision: number;
  reason: string;
}

export type BulletinEvent =
  | BulletinDrafted
  | BulletinPublished
  | BulletinRevised
  | RevisionExplained
  | DraftDeleted
  | BulletinWithdrawn;

/** What begins the name of every bulletin's stream; its date follows. */
export const bulletinStreamPrefix = 'bulletin-';

/** The stream of the bulletin of one date. */
export const bulletinStream = (date: string): string => `${bulletinStreamPrefix}${date}`;
