import type { Scope } from '../access/index.js';
import { ages } from '../billets-quotidiens/index.js';
import type { Day } from '../calendar/local-days.js';

export const reports = ['responses', 'resolutions', 'ageing', 'reopened'] as const;
export type Report = (typeof reports)[number];

/** What a report can be divided by. Days are those of the opening or the resolution, so the report of ages has none. */
export const groupings = ['team', 'category', 'establishment', 'day'] as const;
export type Grouping = (typeof groupings)[number];

/** The parts into which each report divides its tickets; the drill-down can be narrowed to one. */
export const partsOf = {
  responses: ['answered', 'unanswered'],
  resolutions: [],
  ageing: ages,
  reopened: ['reopened', 'kept'],
} as const satisfies Record<Report, readonly string[]>;
export const parts = Object.values(partsOf).flat();
export type Part = (typeof parts)[number];

/** Which tickets a report is about. */
export interface Selection {
  report: Report;
  from: Day;
  to: Day;
  scope: Scope;
}

/** What a report says of some tickets. */
export interface Measures {
  tickets: number;
  /** Those with a duration: answered, resolved, active or reopened ones. */
  timed: number;
  /** Percentiles of the durations by nearest rank, in seconds; null where there is no duration. */
  medianSeconds: number | null;
  p90Seconds: number | null;
  byAge: Record<(typeof ages)[number], number>;
}
