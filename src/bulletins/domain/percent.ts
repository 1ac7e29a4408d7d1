import type { Releve } from './bulletin.events.js';

/** What part of its total a relevé is, in per cent to one decimal, halves up; undefined where it is part of nothing. */
export const percentOf = ({ value, total }: Pick<Releve, 'value' | 'total'>): number | undefined =>
  total === undefined ? undefined : Math.round((value * 1000) / total) / 10;
