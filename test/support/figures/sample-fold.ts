import { NaiveFigures, type NaiveCommand } from './naive-figures.js';
import type { DayFigures } from './figures.js';
import { expectedDates, sampleLines } from './sample-week.js';

export interface SampleFold {
  /** The expected status of each command. */
  statuses: string[];
  days: Record<string, DayFigures>;
}

/** A new naive fold with the two establishments of the week, NIM and MCQ, both on Montréal's time. */
const naive = (): NaiveFigures =>
  new NaiveFigures({
    NIM: { timeZone: 'America/Toronto', sites: {} },
    MCQ: { timeZone: 'America/Toronto', sites: {} },
  });

/** The results by the number of commands folded, since several tests use the same beginning. */
const foldedBefore = new Map<number, SampleFold>();

/** The naive fold of the first `length` commands of the week. */
export const foldSample = (length: number): SampleFold => {
  const before = foldedBefore.get(length);
  if (before) return before;
  const figures = naive();
  const now = Date.now();
  const statuses = sampleLines()
    .slice(0, length)
    .map((line) => figures.apply(JSON.parse(line) as NaiveCommand, now).status);
  const result = { statuses, days: figures.days(expectedDates) };
  foldedBefore.set(length, result);
  return result;
};
