import { z } from 'zod';
import { pagingQuery, readCursor, writeCursor } from '../../platform/http/paging.js';
import { minPositionQuery } from '../../platform/positions.js';

const orders = { oldest: 'oldest', newest: 'newest', asc: 'oldest', desc: 'newest' } as const;
type Order = (typeof orders)[keyof typeof orders];

export const historyQuery = minPositionQuery.extend({
  ...pagingQuery,
  order: z
    .enum(['oldest', 'newest', 'asc', 'desc'])
    .default('oldest')
    .describe('Which event comes first: the oldest one (asc), unless told, or the newest one (desc)'),
});
export type HistoryQuery = z.output<typeof historyQuery>;

export interface HistoryRange {
  order: Order;
  /** The last revision of the previous page. */
  after: number | undefined;
  limit: number;
}

const cursorSchema = (order: Order) =>
  z.strictObject({ order: z.literal(order), after: z.string().regex(/^[1-9]\d{0,8}$/) });

/** The range that a query asks for. Throws `malformed` for a cursor of another list, or of the other order. */
export const rangeOf = ({ order: named, cursor, limit }: HistoryQuery): HistoryRange => {
  const order = orders[named];
  const after = cursor === undefined ? undefined : Number(readCursor(cursor, cursorSchema(order)).after);
  return { order, after, limit };
};

/** The cursor of the page that follows one ending with this revision. */
export const historyCursor = (order: Order, revision: number): string =>
  writeCursor({ order, after: String(revision) });
