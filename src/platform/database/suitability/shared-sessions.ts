import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Pool, PoolClient } from 'pg';
import { withReadDeadline } from '../read-deadline.js';

const answerMs = 5_000;
/** A notification comes within a millisecond; a pooler never delivers one. */
const listenMs = 5_000;
const pollMs = 20;
/** A pooler may give the same session back by chance. */
const rounds = 3;

/**
 * Whether a pooler in between gives a connection another session of PostgreSQL for each transaction. While a second connection is in
 * a transaction, and so keeps whatever session it got, the first must find its own session again: the same process, the setting made
 * in it, and its LISTEN.
 */
export const sessionsAreShared = async (pool: Pool): Promise<boolean> => {
  const [tested, busy] = await Promise.all([pool.connect(), pool.connect()]);
  try {
    return !(await keepsItsSession(tested, busy));
  } finally {
    tested.release(true);
    busy.release(true);
  }
};

const keepsItsSession = async (tested: PoolClient, busy: PoolClient): Promise<boolean> => {
  const channel = `session_${randomUUID().replaceAll('-', '')}`;
  const heard: unknown[] = [];
  tested.on('notification', (notification) => heard.push(notification));
  const first = await sessionAfter(tested, `SELECT set_config('billets.session', '${channel}', false)`);
  const isOwn = ({ pid, kept }: Session) => pid === first.pid && kept === channel;
  if (!isOwn(await sessionAfter(tested, `LISTEN ${channel}`))) return false;
  for (let round = 0; round < rounds; round += 1) {
    if ((await sessionAfter(busy, 'BEGIN')).pid === first.pid) return false;
    if (!isOwn(await sessionAfter(tested))) return false;
    await sessionAfter(busy, `NOTIFY ${channel}; COMMIT`);
  }
  const until = performance.now() + listenMs;
  while (heard.length === 0 && performance.now() < until) {
    await sleep(pollMs);
    if (!isOwn(await sessionAfter(tested))) return false;
  }
  return heard.length > 0;
};

interface Session {
  pid: number;
  kept: string | null;
}

/** The session that ran a statement: the statement and the question which session it is go in one message. */
const sessionAfter = async (client: PoolClient, statement = 'SELECT 1'): Promise<Session> => {
  const text = `${statement}; SELECT pg_backend_pid() AS pid, current_setting('billets.session', true) AS kept`;
  const results = (await client.query(withReadDeadline(answerMs, { text }))) as unknown as {
    rows: Session[];
  }[];
  const session = results.at(-1)?.rows[0];
  if (!session) throw new Error('PostgreSQL did not say which session it is');
  return session;
};
