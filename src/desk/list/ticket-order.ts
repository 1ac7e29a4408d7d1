import { z } from 'zod';
import { writtenInstant } from '../../platform/database/written-instant.js';
import { cursorInstantSchema } from '../../platform/http/paging.js';
import { cursorPositionSchema } from '../../platform/positions.js';
import { priorities } from '../../tickets/domain/ticket.events.js';
import { instant, type Instant } from '../../shared/instant.js';
import { join, raw, sql, type Sql } from '../../platform/database/sql.js';

/** What a ticket that was found is ordered by. */
export interface Relevance {
  /** 1: what was looked for stands in it; 0: only what comes near that. */
  exact: number;
  /** The week it was opened in, see `bandOf`. */
  band: number;
  /** How well it fits, by PostgreSQL's `ts_rank`. */
  rank: number;
}

interface Key {
  column: string;
  type: string;
  schema: z.ZodType<string>;
  /** As it is in a cursor, as SQL; as PostgreSQL writes the column unless told. */
  text?: string;
}

/** Written by this server, but sent by anyone: what PostgreSQL could not read is refused before it gets there. */
const keys = {
  priority: { column: 'priority', type: 'text', schema: z.enum(priorities) },
  openedAt: {
    column: 'opened_at',
    type: 'timestamptz',
    schema: cursorInstantSchema,
    text: writtenInstant('opened_at'),
  },
  position: { column: 'position', type: 'bigint', schema: cursorPositionSchema },
  exact: { column: 'exact', type: 'integer', schema: z.enum(['0', '1']) },
  band: { column: 'band', type: 'integer', schema: z.string().regex(/^-?\d{1,6}$/) },
  rank: {
    column: 'rank',
    type: 'float8',
    schema: z.string().regex(/^\d(\.\d{1,20})?(e-\d{1,2})?$/),
  },
  ticketId: { column: 'ticket_id', type: 'uuid', schema: z.guid() },
} satisfies Record<string, Key>;

/** By what a list is sorted; each ends in what no two tickets share, so that a page ends between two tickets and never amid equals. */
const sorts = {
  priority: [keys.priority, keys.openedAt, keys.ticketId],
  age: [keys.openedAt, keys.ticketId],
  // The position of its newest event, which is the order of changes.
  updated: [keys.position],
  relevance: [keys.exact, keys.band, keys.rank, keys.ticketId],
} as const satisfies Record<string, readonly Key[]>;

type SortKey = keyof typeof sorts;

interface Order {
  by: SortKey;
  /** Against the order of the keys. */
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

/** A change moves a ticket in these: so that none is shown twice, what changes while someone pages is left out of what follows. */
export const isMovedByChanges = (sort: Sort): boolean =>
  sorts[orders[sort].by].some(({ column }) => column === 'priority' || column === 'position');

export const sortHelp =
  'priority: P1 first, the oldest of each first (-priority: the reverse); age: the youngest first (-age: the oldest first); ' +
  'updated: the least recently changed first (-updated: the most recently changed first); ' +
  'by priority and updated, no ticket is shown twice on the pages of one reading, and one that changes meanwhile is left out of the pages ' +
  'that follow: whoever has to see every ticket reads by age, or /v1/sync/changes; ' +
  'relevance, with q only: what has the words before what has only words like them; of each, those opened in the newest week first, ' +
  'and of a week those that fit best (a week is seven days from a Thursday on, in UTC)';

const keysIn = (sort: Sort): readonly Key[] => sorts[orders[sort].by];

/** `same`: a column in which all rows are the same, so that nothing is ordered by it. */
export const orderBy = (sort: Sort, same?: keyof Relevance): Sql => {
  const direction = orders[sort].descending ? 'DESC' : 'ASC';
  const ordered = keysIn(sort).filter(({ column }) => column !== same);
  return raw(ordered.map(({ column }) => `${column} ${direction}`).join(', '));
};

/** The keys of a ticket as a cursor holds them, as SQL. */
export const keysText = (sort: Sort): Sql => {
  const texts = keysIn(sort).map(({ column, text = column }) => text);
  return raw(`concat_ws(' ', ${texts.join(', ')})`);
};

/** The condition of what comes after a ticket with these keys. */
export const comesAfter = (sort: Sort, after: readonly string[]): Sql => {
  const columns = keysIn(sort).map(({ column }) => column);
  const values = keysIn(sort).map(({ type }, index) => sql`${after[index]}::${raw(type)}`);
  return sql`(${raw(columns.join(', '))}) ${raw(orders[sort].descending ? '<' : '>')} (${join(values, ', ')})`;
};

/** Where a page by relevance begins, of the keys of the last ticket before it. */
export const relevanceAfter = (after: readonly string[]): Pick<Relevance, 'exact' | 'band'> => ({
  exact: Number(after[0]),
  band: Number(after[1]),
});

/** The same where it is by age. */
export const openedAtAfter = (after: readonly string[]): Instant => instant(after[0] ?? '');

/** What a cursor holds: the order, so that it is not used in another one, the keys of the last ticket shown, and where it began. */
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
    /** The position at which the first page was read; only where changes move tickets. */
    until: isMovedByChanges(sort) ? cursorPositionSchema : z.undefined().optional(),
  });

/** The condition that a ticket has not changed since the first page was read. */
export const unchangedSince = (until: string | undefined): Sql[] =>
  until === undefined ? [] : [sql`ticket.position <= ${until}::bigint`];
