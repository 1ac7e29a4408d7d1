import { sql, type Sql } from '../../platform/database/sql.js';
import type { Principal } from '../permissions.js';

/** Someone's own, or that of a screen on a wall, which nobody sits at. */
export type SessionKind = 'person' | 'wall-screen';

export interface NewSession {
  kind: SessionKind;
  principal: Principal;
  lifetimeSeconds: number;
  /** undefined: it may be unused for as long as it lasts. */
  idleSeconds: number | undefined;
  /** What the identity provider gave, sealed. */
  tokens: string | undefined;
}

export interface SessionRow {
  id: Buffer;
  kind: SessionKind;
  person: string;
  roles: Principal['roles'];
  establishments: string[] | null;
  ends_at: Date;
  tokens: string | null;
  renewal_due: boolean;
  unseen_seconds: number;
}

/** How long nobody else asks the identity provider while someone does, or after it did not answer. */
const renewingSeconds = 30;

/**
 * Its time is not over, it was used lately enough, and its cookie was made; told by the database's clock, which all processes share.
 */
const isAlive = sql`claimable_until IS NULL AND ends_at > now()
   AND (idle_seconds IS NULL OR seen_at > now() - make_interval(secs => idle_seconds))`;

export const deleteOverSessions = (): Sql => sql`DELETE FROM access.sessions WHERE ends_at < now()`;

export const insertSession = (id: Buffer, { principal, ...session }: NewSession): Sql => sql`
  INSERT INTO access.sessions (id, kind, person, roles, establishments, ends_at, idle_seconds, tokens)
  VALUES (${id}, ${session.kind}, ${principal.id}, ${principal.roles}, ${establishmentsOf(principal)},
          now() + make_interval(secs => ${session.lifetimeSeconds}), ${session.idleSeconds}, ${session.tokens})`;

export const selectSession = (id: Buffer, renewalSeconds: number): Sql => sql`
  SELECT id, kind, person, roles, establishments, ends_at, tokens,
         renewed_at < now() - make_interval(secs => ${renewalSeconds}) AS renewal_due,
         extract(epoch FROM now() - seen_at)::float8 AS unseen_seconds
    FROM access.sessions WHERE id = ${id} AND ${isAlive}`;

export const markSeen = (id: Buffer): Sql => sql`UPDATE access.sessions SET seen_at = now() WHERE id = ${id}`;

export const deleteSession = (id: Buffer): Sql =>
  sql`DELETE FROM access.sessions WHERE id = ${id} RETURNING tokens`;

export const selectAlive = (ids: readonly Buffer[]): Sql =>
  sql`SELECT id FROM access.sessions WHERE id = ANY(${ids}::bytea[]) AND ${isAlive}`;

/**
 * Its condition decides who is the one to ask: one that read first would let two. What was read just before another was answered is
 * of no use any more: a refresh token that is used twice is taken for a stolen one.
 */
export const claimRenewal = (id: Buffer, tokens: string): Sql => sql`
  UPDATE access.sessions SET renewing_until = now() + make_interval(secs => ${renewingSeconds})
   WHERE id = ${id} AND tokens = ${tokens} AND (renewing_until IS NULL OR renewing_until < now()) RETURNING id`;

export const renewSession = (id: Buffer, principal: Principal, tokens: string): Sql => sql`
  UPDATE access.sessions
     SET roles = ${principal.roles}, establishments = ${establishmentsOf(principal)}, tokens = ${tokens},
         renewed_at = now(), renewing_until = NULL
   WHERE id = ${id}`;

const establishmentsOf = ({ establishments }: Principal): string[] | null =>
  establishments === 'all' ? null : [...establishments];
