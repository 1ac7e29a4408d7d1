import { withQuery } from '../page/with-query.js';
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
