import { z } from 'zod';
import { writtenInstant } from '../../platform/database/written-instant.js';
import { cursorInstantSchema } from '../../platform/http/paging.js';
import { cursorPositionSchema } from '../../platform/positions.js';
import { priorities } from '../../tickets/domain/ticket.events.js';
import { instant, type Instant } from '../../shared/instant.js';
import { join, raw, sql, type Sql } from '../../platform/database/sql.js';

/** The relevance of a found ticket, in the order in which its fields are compared. */
export interface Relevance {
  /** 2: the ticket’s reference is searched for; 1: it has the words searched for; 0: it has only words similar to them. */
  exact: number;
  /** The week in which the ticket was opened, see `weekOf`. */
  band: number;
  /** PostgreSQL's `ts_rank` of the ticket's words for the query. */
  rank: number;
}

interface Key {
  column: string;
  type: string;
  schema: z.ZodType<string>;
  /** An SQL expression of the key as text in a cursor; by default PostgreSQL's text of the column. */
  text?: string;
}

/**
 * The sort keys and how a cursor's text of each is checked. This server writes the cursors, but anyone can send one: text that
 * PostgreSQL could not read is refused before it gets there.
 */
const keys = {
  priority: { column: 'priority', type: 'text', schema: z.enum(priorities) },
  openedAt: {
    column: 'opened_at',
    type: 'timestamptz',
    schema: cursorInstantSchema,
    text: writtenInstant('opened_at'),
  },
  position: { column: 'position', type: 'bigint', schema: cursorPositionSchema },
  exact: { column: 'exact', type: 'integer', schema: z.enum(['0', '1', '2']) },
  band: { column: 'band', type: 'integer', schema: z.string().regex(/^-?\d{1,6}$/) },
  rank: {
    column: 'rank',
    type: 'float8',
    schema: z.string().regex(/^\d(\.\d{1,20})?(e-\d{1,2})?$/),
  },
  ticketId: { column: 'ticket_id', type: 'uuid', schema: z.guid() },
} satisfies Record<string, Key>;

/** The keys of each order. Each ends in a unique key, so that a page ends between two tickets and never among equal ones. */
const sorts = {
  priority: [keys.priority, keys.openedAt, keys.ticketId],
  age: [keys.openedAt, keys.ticketId],
  // The position of the ticket's newest event: no two tickets share it.
  updated: [keys.position],
  relevance: [keys.exact, keys.band, keys.rank, keys.ticketId],
} as const satisfies Record<string, readonly Key[]>;

type SortKey = keyof typeof sorts;

interface Order {
  by: SortKey;
  /** In descending order of all keys. */
  descending: boolean;
}

const orders = {
  priority: { by: 'priority', descending: false },
  '-priority': { by: 'priority', descending: true },
  age: { by: 'age', descending: true },
  '-age': { by: 'age', descending: false },
  updated: { by: 'updated', descending: false },
  '-updated': { by: 'updated', descending: true },
  relevance: { by: 'relevance', descending: true },
} as const satisfies Record<string, Order>;

export const sortNames = Object.keys(orders) as (keyof typeof orders)[];
export type Sort = keyof typeof orders;

/** Whether a change moves a ticket in this order. Tickets that change while someone pages are then left out of the following pages. */
export const isMovedByChanges = (sort: Sort): boolean =>
  sorts[orders[sort].by].some(({ column }) => column === 'priority' || column === 'position');

export const sortHelp =
  'priority: P1 first, the oldest of each first (-priority: the reverse); age: the youngest first (-age: the oldest first); ' +
  'updated: the least recently changed first (-updated: the most recently changed first); ' +
  'by priority and updated, no ticket is shown twice on the pages of one reading, and one that changes meanwhile is left out of the pages ' +
  'that follow: whoever has to see every ticket reads by age, or /v1/sync/changes; ' +
  'relevance, with q only: the ticket whose reference it is first; what has the words before what has only words like them; of each, those opened in the newest week first, ' +
  'and of a week those that fit best (a week is seven days from a Thursday on, in UTC)';

const keysIn = (sort: Sort): readonly Key[] => sorts[orders[sort].by];

/** The ORDER BY list of an order; `constant` is a column that is equal in all rows, and is left out. */
export const orderBy = (sort: Sort, constant?: keyof Relevance): Sql => {
  const direction = orders[sort].descending ? 'DESC' : 'ASC';
  const ordered = keysIn(sort).filter(({ column }) => column !== constant);
  return raw(ordered.map(({ column }) => `${column} ${direction}`).join(', '));
};

/** An SQL expression of a ticket's sort keys as a cursor holds them: one text, with spaces between them. */
export const keysText = (sort: Sort): Sql => {
  const texts = keysIn(sort).map(({ column, text = column }) => text);
  return raw(`concat_ws(' ', ${texts.join(', ')})`);
};

/** The condition that a ticket comes after the one with these keys. */
export const comesAfter = (sort: Sort, after: readonly string[]): Sql => {
  const columns = keysIn(sort).map(({ column }) => column);
  const values = keysIn(sort).map(({ type }, index) => sql`${after[index]}::${raw(type)}`);
  return sql`(${raw(columns.join(', '))}) ${raw(orders[sort].descending ? '<' : '>')} (${join(values, ', ')})`;
};

/** What of a ticket decides on its place in the lists, as text and named as its columns. */
export interface SortedColumns {
  priority: string;
  opened_at: string;
  position: string;
  ticket_id: string;
}

/** Whether a ticket comes after the one with these keys, in an order of lists. */
export const comesLater = (sort: Sort, ticket: SortedColumns, keys: readonly string[]): boolean => {
  for (const [index, { column }] of keysIn(sort).entries()) {
    const [own, other] = [ticket[column as keyof SortedColumns], keys[index] ?? ''];
    if (own === other) continue;
    const isGreater = column === 'position' ? BigInt(own) > BigInt(other) : own > other;
    return isGreater !== orders[sort].descending;
  }
  return false;
};

/** The first keys of the last ticket on the page before, by relevance. */
export const relevanceAfter = (after: readonly string[]): Pick<Relevance, 'exact' | 'band'> => ({
  exact: Number(after[0]),
  band: Number(after[1]),
});

/** When the last ticket on the page before was opened, by age. */
export const openedAtAfter = (after: readonly string[]): Instant => instant(after[0] ?? '');

/**
 * The schema of a cursor: the order, so that a cursor is not used in another order; the keys of the last ticket shown; and the
 * position at which the first page was read.
 */
export const cursorSchema = (sort: Sort) =>
  z.strictObject({
    sort: z.literal(sort),
    after: z.string().transform((text, context): string[] => {
      const values = text.split(' ');
      const schemas = keysIn(sort).map(({ schema }) => schema);
      const fits =
        schemas.length === values.length &&
        schemas.every((schema, at) => schema.safeParse(values[at]).success);
      if (!fits) context.addIssue({ code: 'custom', message: 'no keys of this order' });
      return values;
    }),
    /** The position at which the first page was read; only in orders in which changes move tickets. */
    until: isMovedByChanges(sort) ? cursorPositionSchema : z.undefined().optional(),
  });

/** The condition that a ticket has not changed since the first page was read. */
export const unchangedSince = (until: string | undefined): Sql[] =>
  until === undefined ? [] : [sql`ticket.position <= ${until}::bigint`];
