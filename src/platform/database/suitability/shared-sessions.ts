import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Pool, PoolClient } from 'pg';
import { withReadDeadline } from '../read-deadline.js';

const answerMs = 5_000;
/** A notification comes within a millisecond; a pooler never delivers one. */
const listenMs = 5_000;
const lookMs = 20;
/** A pooler may give the same session back by chance. */
const rounds = 3;

/**
 * Whether a pooler in between gives a connection other sessions of PostgreSQL from transaction to transaction. While another
 * connection is amid a transaction, and so keeps whatever session it got, this one must find its own: the same process, what was
 * set in it, and what it listens to.
 */
export const sessionsAreShared = async (pool: Pool): Promise<boolean> => {
  const [own, other] = await Promise.all([pool.connect(), pool.connect()]);
  try {
    return !(await keepsItsSession(own, other));
  } finally {
    own.release(true);
    other.release(true);
  }
};

const keepsItsSession = async (own: PoolClient, other: PoolClient): Promise<boolean> => {
  const channel = `session_${randomUUID().replaceAll('-', '')}`;
  const heard: unknown[] = [];
  own.on('notification', (notification) => heard.push(notification));
  const first = await sessionAfter(own, `SELECT set_config('billets.session', '${channel}', false)`);
  const isOwn = ({ pid, kept }: Session) => pid === first.pid && kept === channel;
  if (!isOwn(await sessionAfter(own, `LISTEN ${channel}`))) return false;
  for (let round = 0; round < rounds; round += 1) {
    if ((await sessionAfter(other, 'BEGIN')).pid === first.pid) return false;
    if (!isOwn(await sessionAfter(own))) return false;
    await sessionAfter(other, `NOTIFY ${channel}; COMMIT`);
  }
  const until = performance.now() + listenMs;
  while (heard.length === 0 && performance.now() < until) {
    await sleep(lookMs);
    if (!isOwn(await sessionAfter(own))) return false;
  }
  return heard.length > 0;
};

interface Session {
  pid: number;
  kept: string | null;
}

/** The session that a statement went to: both go there in one message. */
const sessionAfter = async (client: PoolClient, statement = 'SELECT 1'): Promise<Session> => {
  const text = `${statement}; SELECT pg_backend_pid() AS pid, current_setting('billets.session', true) AS kept`;
  const results = (await client.query(withReadDeadline(answerMs, { text }))) as unknown as {
    rows: Session[];
  }[];
  const session = results.at(-1)?.rows[0];
  if (!session) throw new Error('PostgreSQL did not say which session it is');
  return session;
};
