import type { Reference } from './answers.js';

/** A person who has signed in on this tablet. */
export interface Person {
  person: string;
  /** Establishment codes, or `all`. */
  establishments: string[] | 'all';
  /** Whether a title with a health insurance number is refused; absent where the server has not said so yet. */
  healthNumbersInTitles?: 'refuse' | 'warn';
  /** The cursor of the next pull of changes. */
  cursor?: string;
  reference?: Reference;
  /** When everything was last sent and fetched, by this tablet's clock. */
  syncedAt?: string;
  /** How many milliseconds this tablet's clock was ahead of the server's at the last exchange. */
  clockSkewMs?: number;
  habits?: Habits;
}

/** The last choices of a person, offered for the next ticket. */
export interface Habits {
  establishment?: string;
  site?: string;
  team?: string;
  priority?: string;
  /** The last chosen locations and categories, newest first. */
  locations: string[];
  categories: string[];
}

/** The unsaved values of a form, by field name. */
export type Draft = Record<string, string>;
