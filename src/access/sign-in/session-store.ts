import { createHash } from 'node:crypto';
import type { Pool } from 'pg';
import { queryWithDeadline } from '../../platform/database/query-with-deadline.js';
import type { Principal } from '../permissions.js';
import * as statements from './session-statements.js';
import type { NewSession, SessionKind, SessionRow } from './session-statements.js';

export interface StoredSession {
  id: Buffer;
  kind: SessionKind;
  principal: Principal;
  /** In milliseconds since 1970. */
  endsAt: number;
  tokens: string | undefined;
  /** It is long enough since the identity provider was last asked. */
  isRenewalDue: boolean;
}

/** That it is used is written down no more often, so that reading stays reading. */
const seenEverySeconds = 10;

/** The table of sessions. Every call fails as unavailable where the database does not answer in time. */
export class SessionStore {
  constructor(private readonly pool: Pool) {}

  /** By what the cookie holds; those that are over are forgotten on the way. */
  async begin(secret: string, session: NewSession): Promise<void> {
    await queryWithDeadline(this.pool, statements.deleteOverSessions());
    await queryWithDeadline(this.pool, statements.insertSession(idOf(secret), session));
  }

  /** undefined: it never was, was ended, or its time is over. Where it is no use of it, its time goes on running. */
  async find(secret: string, renewalSeconds: number, isUse = true): Promise<StoredSession | undefined> {
    const query = statements.selectSession(idOf(secret), renewalSeconds);
    const [row] = await queryWithDeadline<SessionRow>(this.pool, query);
    if (!row) return undefined;
    if (isUse && row.unseen_seconds > seenEverySeconds)
      await queryWithDeadline(this.pool, statements.markSeen(row.id));
    return sessionOf(row);
  }

  /** Gives what the identity provider gave for it, once: undefined where it is over already. */
  async end(secret: string): Promise<{ tokens: string | undefined } | undefined> {
    const query = statements.deleteSession(idOf(secret));
    const [row] = await queryWithDeadline<{ tokens: string | null }>(this.pool, query);
    return row && { tokens: row.tokens ?? undefined };
  }

  async endById(id: Buffer): Promise<void> {
    await queryWithDeadline(this.pool, statements.deleteSession(id));
  }

  /** Those of these that are not over. */
  async alive(ids: readonly Buffer[]): Promise<Buffer[]> {
    const rows = await queryWithDeadline<{ id: Buffer }>(this.pool, statements.selectAlive(ids));
    return rows.map(({ id }) => id);
  }

  /** Whether it is for the caller to ask the identity provider: a refresh token may be good for one use only. */
  async claimRenewal({ id, tokens }: StoredSession): Promise<boolean> {
    if (tokens === undefined) return false;
    const claimed = await queryWithDeadline(this.pool, statements.claimRenewal(id, tokens));
    return claimed.length > 0;
  }

  /** What its person may do from now on. */
  async renew(id: Buffer, principal: Principal, tokens: string): Promise<void> {
    await queryWithDeadline(this.pool, statements.renewSession(id, principal, tokens));
  }
}

/** What the table holds of a secret. */
export const idOf = (secret: string): Buffer => createHash('sha256').update(secret).digest();

const sessionOf = (row: SessionRow): StoredSession => ({
  id: row.id,
  kind: row.kind,
  principal: {
    id: row.person,
    roles: row.roles,
    establishments: row.establishments === null ? 'all' : new Set(row.establishments),
  },
  endsAt: row.ends_at.getTime(),
  tokens: row.tokens ?? undefined,
  isRenewalDue: row.renewal_due,
});
