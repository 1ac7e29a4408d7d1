import { sql, type Sql } from '../../platform/database/sql.js';
import type { RetentionRule } from '../../shared/retention-policy.js';
import type { ClosedRow, DoneRow, EndedRow, ErasedRow } from './retention-change.js';

export const deleteEnded = (ticketIds: readonly string[]): Sql =>
  sql`DELETE FROM ended_tickets WHERE ticket_id = ANY(${ticketIds}::uuid[])`;

export const upsertEnded = (rows: readonly EndedRow[]): Sql => sql`
  INSERT INTO ended_tickets (ticket_id, establishment, status, ended_at)
  SELECT * FROM unnest(${rows.map(({ ticketId }) => ticketId)}::uuid[],
                       ${rows.map(({ establishment }) => establishment)}::text[],
                       ${rows.map(({ status }) => status)}::text[], ${rows.map(({ at }) => at)}::timestamptz[])
      ON CONFLICT (ticket_id) DO UPDATE
     SET establishment = excluded.establishment, status = excluded.status, ended_at = excluded.ended_at`;

/** Tickets that were resolved before, and are closed now. */
export const closeEnded = (rows: readonly ClosedRow[]): Sql => sql`
  UPDATE ended_tickets AS ended SET status = 'closed', ended_at = closed.at
    FROM unnest(${rows.map(({ ticketId }) => ticketId)}::uuid[], ${rows.map(({ at }) => at)}::timestamptz[])
      AS closed(ticket_id, at)
   WHERE ended.ticket_id = closed.ticket_id`;

const done = (rows: readonly DoneRow[]): Sql => sql`
  ${rows.map(({ ticketId }) => ticketId)}::uuid[], ${rows.map(({ establishment }) => establishment)}::text[],
  ${rows.map(({ at }) => at)}::timestamptz[], ${rows.map(({ actor }) => actor)}::text[],
  ${rows.map(({ position }) => String(position))}::bigint[], ${rows.map(({ reason }) => reason)}::text[]`;

export const insertErasures = (rows: readonly ErasedRow[]): Sql => sql`
  INSERT INTO erasures (ticket_id, establishment, erased_at, actor, position, reason, basis)
  SELECT * FROM unnest(${done(rows)}, ${rows.map(({ basis }) => basis)}::text[])`;

export const deleteHolds = (ticketIds: readonly string[]): Sql =>
  sql`DELETE FROM legal_holds WHERE ticket_id = ANY(${ticketIds}::uuid[])`;

export const upsertHolds = (rows: readonly DoneRow[]): Sql => sql`
  INSERT INTO legal_holds (ticket_id, establishment, held_at, actor, position, reason)
  SELECT * FROM unnest(${done(rows)})
      ON CONFLICT (ticket_id) DO UPDATE
     SET establishment = excluded.establishment, held_at = excluded.held_at, actor = excluded.actor,
         position = excluded.position, reason = excluded.reason`;

/** Where a page of a list by position begins; the newest first. */
export interface ErasurePage {
  before: string | undefined;
  limit: number;
}

export const selectErasures = ({ before, limit }: ErasurePage): Sql => sql`
  SELECT ticket_id, establishment, erased_at AS at, actor, reason, basis, position FROM tickets.erasures
   WHERE position < coalesce(${before ?? null}::bigint, 9223372036854775807)
   ORDER BY position DESC LIMIT ${limit}`;

export const selectHolds = ({ before, limit }: ErasurePage): Sql => sql`
  SELECT ticket_id, establishment, held_at AS at, actor, reason, position FROM tickets.legal_holds
   WHERE position < coalesce(${before ?? null}::bigint, 9223372036854775807)
   ORDER BY position DESC LIMIT ${limit}`;

/** The next erased tickets after a position, so that their keys can be destroyed too. */
export const selectErasedAfter = (position: bigint, limit: number): Sql => sql`
  SELECT ticket_id, position FROM tickets.erasures WHERE position > ${String(position)} ORDER BY position LIMIT ${limit}`;

/** Tickets that ended long enough ago by some rule, and that neither were erased nor must be kept. */
const due = (rules: readonly RetentionRule[], now: string): Sql => sql`
  FROM tickets.ended_tickets AS ended
  JOIN unnest(${rules.map(({ status }) => status)}::text[], ${rules.map(({ period }) => period)}::text[])
       AS rule(status, period) ON rule.status = ended.status
 WHERE ended.ended_at <= ${now}::timestamptz - rule.period::interval
   AND NOT EXISTS (SELECT FROM tickets.erasures AS erased WHERE erased.ticket_id = ended.ticket_id)`;

const isHeld = sql`EXISTS (SELECT FROM tickets.legal_holds AS held WHERE held.ticket_id = ended.ticket_id)`;

export const selectDue = (rules: readonly RetentionRule[], now: string, limit: number): Sql => sql`
  SELECT ended.ticket_id, ended.establishment, ended.status, ended.ended_at, rule.period
  ${due(rules, now)} AND NOT ${isHeld}
   ORDER BY ended.ended_at, ended.ticket_id LIMIT ${limit}`;

export const countDue = (rules: readonly RetentionRule[], now: string): Sql => sql`
  SELECT ended.establishment, ended.status, count(*) FILTER (WHERE NOT ${isHeld})::integer AS tickets,
         count(*) FILTER (WHERE ${isHeld})::integer AS held
  ${due(rules, now)}
   GROUP BY ended.establishment, ended.status ORDER BY ended.establishment, ended.status`;

/** One process at a time erases by age; whoever holds the lock gives it up with its transaction. */
export const tryRetentionLock = (): Sql =>
  sql`SELECT pg_try_advisory_xact_lock(hashtext('tickets.retention')) AS locked`;
