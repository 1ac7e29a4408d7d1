import { afterAll, beforeAll, expect, it, jest } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { createLog, type TestLog } from '../support/log/log.js';
import { clientOf, type Client } from '../support/api/client.js';
import {
  startServerProcess,
  stopServerProcesses,
  type ServerProcess,
} from '../support/server/server-process.js';

jest.setTimeout(600_000);

/** Their texts are 78 MB: a server that kept them all would not fit into its heap, which holds some 60 MB before it has read any. */
const tickets = 1_300;
/** The memory limits of the process, in megabytes: docs/operations.md promises that more is not needed. */
const heapMegabytes = 130;
const residentMegabytes = 900;

let log: TestLog;
beforeAll(async () => {
  log = await createLog();
  await log.database.query(fill, [tickets]);
});
afterAll(async () => {
  await stopServerProcesses();
  await log.drop();
});

/** Inserts tickets that are opened, noted and resolved with the longest texts allowed: 10 000 characters of three and four bytes. */
const fill = `
  WITH texts AS (SELECT left(repeat('Là où l’on écrit ↯ beaucoup; ', 400), 10000) AS ascii, repeat('𠀋記', 5000) AS long),
  tickets AS (
    SELECT n, 'ticket-' || gen_random_uuid() AS stream, timestamptz '2026-05-15 12:00Z' + n * interval '1 second' AS at
      FROM generate_series(1, $1::int) AS n
  ),
  events AS (
    SELECT tickets.n, tickets.stream, at, step.revision, step.type, step.data
      FROM tickets, texts,
      LATERAL (SELECT jsonb_build_object('establishment', 'NIM', 'timeZone', 'America/Toronto') AS place,
                      to_char(at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') AS instant) AS said,
      LATERAL (VALUES
        (1, 'TicketOpened', jsonb_build_object('at', place, 'title', 'Imprimante', 'category', 'impression',
            'priority', 'P2', 'description', n || texts.long)),
        (2, 'NoteAdded', jsonb_build_object('body', n || texts.ascii, 'internal', false)),
        (3, 'TicketResolved', jsonb_build_object('at', place, 'opened', jsonb_build_object('at', place, 'occurredAt', instant),
            'resolution', jsonb_build_object('code', 'fixed', 'note', n || texts.long)))
      ) AS step(revision, type, data)
  ),
  ordered AS (SELECT row_number() OVER (ORDER BY n, revision) AS position, * FROM events),
  written AS (
    INSERT INTO event_store.events (position, stream, revision, event_id, type, data, metadata, recorded_at, hash)
    SELECT position, stream, revision, gen_random_uuid(), type, data::json,
           json_build_object('schemaVersion', 1, 'commandId', gen_random_uuid(), 'fingerprint', 'f', 'actor', 'a',
             'occurredAt', to_char(at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'),
             'claimedAt', to_char(at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'),
             'correlationId', 'c', 'causationId', 'c'),
           clock_timestamp(), '\\x00'
      FROM ordered RETURNING 1
  )
  UPDATE event_store.head SET position = (SELECT count(*) FROM written), recorded_at = clock_timestamp()`;

const caughtUp = async (server: ServerProcess): Promise<void> => {
  for (;;) {
    const gone = await Promise.race([server.exited, sleep(100, undefined)]);
    if (gone) throw new Error(`it ended: ${JSON.stringify(gone)} ${server.output()}`);
    const [row] = await log.database.query<{ behind: number }>(
      `SELECT count(*)::int AS behind FROM projections.generations
        WHERE position < (SELECT position FROM event_store.head) AND name <> 'published-days'`,
    );
    if (row!.behind === 0) return;
  }
};

/** The peak resident memory of the process (VmHWM of Linux), in megabytes. */
const peakResidentMegabytes = ({ pid }: ServerProcess): number =>
  Number(/VmHWM:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]) / 1024;

/** Rebuilds a projection, and waits until the new rows are served. */
const rebuild = async (client: Client, name: string): Promise<void> => {
  expect((await client.post(`/v1/admin/projections/${name}/rebuild`)).status).toBe(202);
  for (;;) {
    const [row] = await log.database.query<{ served: number }>(
      `SELECT generation AS served FROM projections.generations WHERE name = '${name}' AND state = 'serving'`,
    );
    if (row!.served > 1) return;
    await sleep(100);
  }
};

it('a server catches up with the longest texts, computes figures and rebuilds projections in little memory', async () => {
  const server = await startServerProcess({
    DATABASE_URL: log.database.url,
    NODE_OPTIONS: `--max-old-space-size=${heapMegabytes}`,
  });
  await caughtUp(server);
  const client = await clientOf(server);
  const { body } = await client.get('/v1/billets-quotidiens/2026-05-15');
  const { total } = body as { total: { opened: number; resolved: number } };
  expect(total).toMatchObject({ opened: tickets, resolved: tickets });
  for (const name of ['daily-figures', 'ticket-list']) await rebuild(client, name);
  expect(peakResidentMegabytes(server)).toBeLessThan(residentMegabytes);
  expect((await server.kill('SIGTERM')).code).toBe(0);
});
