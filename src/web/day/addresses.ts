import type { Figure } from './columns.js';

export interface FigurePlace {
  date: string;
  figure: Figure;
  /** A code; undefined: all. */
  establishment?: string | undefined;
  /** As it was known there; undefined: now. */
  asOfPosition?: string | undefined;
}

/** Where the tickets and events behind a figure are shown. */
export const figureAddress = ({ date, ...asked }: FigurePlace, cursor?: string): string =>
  withQuery(`/jours/${date}/billets`, { ...asked, cursor });

/** Where the late events of a day are shown. */
export const lateAddress = (date: string, cursor?: string): string =>
  withQuery(`/jours/${date}/retards`, { cursor });

const withQuery = (path: string, parameters: Record<string, string | undefined>): string => {
  const given = Object.entries(parameters).flatMap(([name, value]) =>
    value === undefined ? [] : [[name, value] as [string, string]],
  );
  return given.length === 0 ? path : `${path}?${new URLSearchParams(given).toString()}`;
};
