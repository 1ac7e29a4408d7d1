import { arrayOf, arrayText, quotedElement } from '../../../platform/database/array-text.js';
import { empty, join, sql, type Sql } from '../../../platform/database/sql.js';
import { memoized } from '../../../shared/memoized.js';
import type { Access } from '../access.js';

/**
 * Accesses in the order in which they are to stand in the log. Lists of tickets that several have in common are sent once, with their
 * place for each: hundreds of live connections show the same.
 */
export const appendAccesses = (accesses: readonly Access[]): Sql => {
  // Most accesses of a batch are by few people, and many of one millisecond.
  const quotedOnce = memoized(quotedElement);
  const timeText = memoized((at: Date) => at.toISOString());
  const rolesText = memoized((roles: Access['roles']) => quotedElement(arrayText(roles)));
  const singly = memoized((value: string | undefined) => arrayOf([quotedOnce(value)]));
  const all = (textOf: (access: Access) => string): string => arrayOf(accesses.map(textOf));
  const lists = accesses.map(({ tickets }): Texts => {
    const [first] = tickets;
    // A single ticket costs less to write than to look up, and is seldom the very same list.
    if (tickets.length !== 1 || !first) return textsOf(tickets);
    return { ticketIds: singly(first.ticketId), establishments: singly(first.establishment) };
  });
  return sql`
  SELECT audit.append_accesses(
    ${all(({ at }) => timeText(at))}::timestamptz[], ${all(({ person }) => quotedOnce(person))}::text[],
    ${all(({ roles }) => rolesText(roles))}::text[], ${all(({ action }) => quotedOnce(action))}::text[],
    ${inCommon(lists.map(({ ticketIds }) => ticketIds))},
    ${inCommon(lists.map(({ establishments }) => establishments))},
    ${all(({ tickets, count = tickets.length }) => String(count))}::integer[], ${all(({ client }) => quotedOnce(client))}::text[],
    ${all(({ address }) => quotedOnce(address))}::text[], ${all(({ purpose }) => quotedOnce(purpose))}::text[],
    ${all(({ refused }) => String(refused))}::boolean[])`;
};

/** An array of texts many of which are equal. */
const inCommon = (texts: readonly string[]): Sql => {
  const places = new Map<string, number>();
  const chosen = texts.map((text) => {
    const place = places.get(text) ?? places.size + 1;
    places.set(text, place);
    return place;
  });
  return sql`ARRAY(SELECT (${arrayText([...places.keys()])}::text[])[chosen.place]
            FROM unnest(${arrayOf(chosen)}::integer[]) WITH ORDINALITY AS chosen(place, n) ORDER BY chosen.n)`;
};

interface Texts {
  ticketIds: string;
  establishments: string;
}
const texts = new WeakMap<Access['tickets'], Texts>();

/** The columns of a list of tickets, made once for a list that several accesses have in common. */
const textsOf = (tickets: Access['tickets']): Texts => {
  const known = texts.get(tickets);
  if (known) return known;
  const made = {
    ticketIds: arrayText(tickets.map(({ ticketId }) => ticketId)),
    establishments: arrayText(tickets.map(({ establishment }) => establishment)),
  };
  texts.set(tickets, made);
  return made;
};

export interface AccessFilter {
  ticket?: string | undefined;
  person?: string | undefined;
  /** At or after this instant. */
  from?: string | undefined;
  /** Before this instant. */
  before?: string | undefined;
}

/** Where a page begins: after this access. */
export interface AccessPlace {
  at: string;
  position: string;
}

export interface AccessRow {
  position: string;
  at: Date;
  person: string;
  roles: string[];
  action: Access['action'];
  ticket_ids: string[];
  establishments: (string | null)[];
  count: number;
  client: string;
  address: string;
  purpose: string | null;
  refused: boolean;
}

const columns = sql`position, at, person, roles, action, ticket_ids, establishments, count, client, address, purpose, refused`;

/**
 * The newest first. Those of one ticket are gathered by its index before they are sorted: the planner would else take them for many, and
 * walk through everybody's.
 */
export const selectAccesses = (
  { ticket, person, from, before }: AccessFilter,
  { after, limit }: { after: AccessPlace | undefined; limit: number },
): Sql => {
  const conditions = [
    ...(person === undefined ? [] : [sql`person = ${person}`]),
    ...(from === undefined ? [] : [sql`at >= ${from}::timestamptz`]),
    ...(before === undefined ? [] : [sql`at < ${before}::timestamptz`]),
    ...(after ? [sql`(at, position) < (${after.at}::timestamptz, ${after.position}::bigint)`] : []),
  ];
  const where = conditions.length === 0 ? empty : sql`WHERE ${join(conditions, ' AND ')}`;
  const ofTicket =
    ticket === undefined
      ? empty
      : sql`WITH accesses AS MATERIALIZED (
          SELECT * FROM audit.accesses WHERE ticket_ids @> ARRAY[${ticket}::uuid]
        )`;
  return sql`${ofTicket}
  SELECT ${columns} FROM ${ticket === undefined ? sql`audit.accesses` : sql`accesses`}
   ${where}
   ORDER BY at DESC, position DESC LIMIT ${limit}`;
};

/** The newest alerts after an instant. */
export const selectAlerts = (from: string, limit: number): Sql => sql`
  SELECT ${columns} FROM audit.accesses
   WHERE action IN ('many-tickets', 'many-refusals') AND at >= ${from}::timestamptz
   ORDER BY at DESC, position DESC LIMIT ${limit}`;

export const selectAccessHead = (): Sql =>
  sql`SELECT position, encode(hash, 'hex') AS hash FROM audit.access_head`;

/** The rows after one position, up to another one, as the chain covers them. */
export const selectChainedAccesses = (after: bigint, until: bigint, limit: number): Sql => sql`
  SELECT position::text, (extract(epoch FROM at) * 1000)::bigint::text AS at_ms, person, roles::text, action,
         ticket_ids::text, establishments::text, count::text, client, address, coalesce(purpose, '') AS purpose,
         refused::text, encode(hash, 'hex') AS hash
    FROM audit.accesses
   WHERE position > ${String(after)} AND position <= ${String(until)}
   ORDER BY accesses.position
   LIMIT ${limit}`;
