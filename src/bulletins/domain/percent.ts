import type { Releve } from './bulletin.events.js';

/** A relevé's part of its total in per cent, to one decimal with halves rounded up; undefined for a relevé without a total. */
export const percentOf = ({ value, total }: Pick<Releve, 'value' | 'total'>): number | undefined =>
  total === undefined ? undefined : Math.round((value * 1000) / total) / 10;
