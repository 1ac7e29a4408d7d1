import { z } from 'zod';
import { priorities } from '../tickets/ticket.events.js';
import { instant } from '../shared/instant.js';
import type { TicketRow } from './listed-ticket.js';
import type { Parameters } from './parameters.js';

interface Key {
  column: string;
  type: string;
  schema: z.ZodType<string>;
  of: (row: TicketRow) => string;
}

/** Written by this server, but sent by anyone: what PostgreSQL could not read is refused before it gets there. */
const keys = {
  priority: { column: 'priority', type: 'text', schema: z.enum(priorities), of: (row) => row.priority },
  openedAt: {
    column: 'opened_at',
    type: 'timestamptz',
    schema: z.iso.datetime(),
    of: (row) => instant(row.opened_at),
  },
  position: {
    column: 'position',
    type: 'bigint',
    schema: z.string().regex(/^\d{1,18}$/),
    of: (row) => row.position,
  },
  rank: {
    column: 'rank',
    type: 'float8',
    schema: z.string().regex(/^\d(\.\d{1,20})?(e-\d{1,2})?$/),
    of: (row) => String(row.rank),
  },
  ticketId: { column: 'ticket_id', type: 'uuid', schema: z.guid(), of: (row) => row.ticket_id },
} satisfies Record<string, Key>;

/** By what a list is sorted; each ends in what no two tickets share, so that a page ends between two tickets and never amid equals. */
const sorts = {
  priority: [keys.priority, keys.openedAt, keys.ticketId],
  age: [keys.openedAt, keys.ticketId],
  // The position of its newest event, which is the order of changes.
  updated: [keys.position],
  relevance: [keys.rank, keys.ticketId],
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

export const sortHelp =
  'priority: P1 first, the oldest of each first (-priority: the reverse); age: the youngest first (-age: the oldest first); ' +
  'updated: the least recently changed first (-updated: the most recently changed first); ' +
  'relevance, with q only: what fits best first';

const keysOf = (sort: Sort): readonly Key[] => sorts[orders[sort].by];

export const orderBy = (sort: Sort): string => {
  const direction = orders[sort].descending ? 'DESC' : 'ASC';
  return keysOf(sort)
    .map(({ column }) => `${column} ${direction}`)
    .join(', ');
};

/** The condition of what comes after a ticket with these keys. */
export const comesAfter = (sort: Sort, after: readonly string[], parameters: Parameters): string => {
  const columns = keysOf(sort).map(({ column }) => column);
  const values = keysOf(sort).map(({ type }, index) => parameters.add(after[index], type));
  return `(${columns.join(', ')}) ${orders[sort].descending ? '<' : '>'} (${values.join(', ')})`;
};

/** What a cursor holds: the order, so that it is not used in another one, and the keys of the last ticket shown. */
export const cursorSchema = (sort: Sort) =>
  z.strictObject({
    sort: z.literal(sort),
    after: z.string().transform((text, context): string[] => {
      const values = text.split(' ');
      const schemas = keysOf(sort).map(({ schema }) => schema);
      const fits =
        schemas.length === values.length &&
        schemas.every((schema, at) => schema.safeParse(values[at]).success);
      if (!fits) context.addIssue({ code: 'custom', message: 'no keys of this order' });
      return values;
    }),
  });

export const cursorOf = (sort: Sort, last: TicketRow): { sort: Sort; after: string } => ({
  sort,
  after: keysOf(sort)
    .map(({ of }) => of(last))
    .join(' '),
});
