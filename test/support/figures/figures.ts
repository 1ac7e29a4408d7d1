import type { Client } from '../api/client.js';
import { until } from '../projections/projections.js';

/** The names of the nine figures, written here again: a test that took them from the product would repeat its mistakes. */
export const figureNames = [
  'opened',
  'resolved',
  'resolvedSameDay',
  'reopened',
  'cancelled',
  'merged',
  'transferredIn',
  'transferredOut',
  'backlog',
] as const;
export type Figures = Record<(typeof figureNames)[number], number>;

export interface DayFigures {
  establishments: Record<string, Figures>;
  total: Figures;
}

export interface DayAnswer {
  date: string;
  status: string;
  total: Figures;
  establishments: (Figures & { code: string; name: string; status?: string })[];
  position: string;
}

/** The API's figures of a range of days, by date and by establishment's code; `dates` are in the order of the answer. */
export const readFigures = async (
  client: Client,
  range: {
    from: string;
    to: string;
    minPosition?: string;
    asOfPosition?: string;
    asOf?: string;
    basis?: string;
  },
): Promise<{ dates: string[]; days: Record<string, DayFigures> }> => {
  const query = new URLSearchParams({ ...range }).toString();
  // A busy machine may take longer to fold the log than an answer waits.
  const { status, body } = await until('the figures have come so far', async () => {
    const answer = await client.get<{ items: DayAnswer[] }>(`/v1/billets-quotidiens?${query}`);
    return answer.status !== 503 && answer;
  });
  if (status !== 200) throw new Error(`the figures were answered with ${status}: ${JSON.stringify(body)}`);
  // A day that has not begun has no figures.
  const begun = body.items.filter((item) => item.status !== 'future');
  return {
    dates: begun.map(({ date }) => date),
    days: Object.fromEntries(begun.map((item) => [item.date, dayFigures(item)])),
  };
};

const dayFigures = ({ total, establishments }: DayAnswer): DayFigures => ({
  establishments: Object.fromEntries(
    establishments.map(({ code, name: _name, status: _status, ...figures }) => [code, figures]),
  ),
  total,
});

export const noFigures = (): Figures =>
  Object.fromEntries(figureNames.map((name) => [name, 0])) as unknown as Figures;
