import type { Figure } from './columns.js';

export interface FigurePlace {
  date: string;
  figure: Figure;
  /** The code of an establishment; undefined for all. */
  establishment?: string | undefined;
  /** The position as of which the figure is shown; undefined for now. */
  asOfPosition?: string | undefined;
}

/** The address of the page with the tickets and events of a figure. */
export const figureAddress = ({ date, ...query }: FigurePlace, cursor?: string): string =>
  withQuery(`/jours/${date}/billets`, { ...query, cursor });

/** The address of the page with the late events of a day. */
export const lateAddress = (date: string, cursor?: string): string =>
  withQuery(`/jours/${date}/retards`, { cursor });

const withQuery = (path: string, parameters: Record<string, string | undefined>): string => {
  const given = Object.entries(parameters).flatMap(([name, value]) =>
    value === undefined ? [] : [[name, value] as [string, string]],
  );
  return given.length === 0 ? path : `${path}?${new URLSearchParams(given).toString()}`;
};
