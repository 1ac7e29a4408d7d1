import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type pg from 'pg';
import { connectionUrl } from '../../../src/platform/database/embedded/connection.js';
import { readServerRecord } from '../../../src/platform/database/embedded/server-record.js';
import { queryAt } from './database.js';

/** Runs one statement in the database that a server process keeps in its DATA_DIR. */
const queryEmbedded = async <Row extends pg.QueryResultRow>(dataDir: string, sql: string): Promise<Row[]> => {
  const record = await readServerRecord(dataDir);
  if (!record) throw new Error(`no server runs on ${dataDir}`);
  return queryAt(connectionUrl(record.runtimeDir, 'billets_quotidiens'), sql);
};

export const postmasterPid = async (dataDir: string): Promise<number> => {
  const text = await readFile(join(dataDir, 'postgres', 'postmaster.pid'), 'utf8');
  return Number(text.split('\n')[0]);
};

export const isRunning = (pid: number): boolean => {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
};

export interface LogShape {
  events: number;
  first: string;
  last: string;
  head: string;
  /** How many streams have revisions other than 1, 2, 3 … up to their number of events. */
  brokenStreams: number;
}

/** Figures that show whether the log is whole: positions and revisions without a gap, and the head at the end. */
export const logShape = async (dataDir: string): Promise<LogShape> => {
  const [shape] = await queryEmbedded<LogShape>(
    dataDir,
    `SELECT count(*)::int AS events, min(position)::text AS first, max(position)::text AS last,
            (SELECT position::text FROM event_store.head) AS head,
            (SELECT count(*)::int FROM (
               SELECT FROM event_store.events GROUP BY stream
               HAVING min(revision) <> 1 OR max(revision) <> count(*)) AS broken) AS "brokenStreams"
       FROM event_store.events`,
  );
  return shape!;
};
