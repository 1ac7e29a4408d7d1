import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { clientOf } from '../support/api/client.js';
import { budgeted } from '../support/budget.js';
import { ago, commandBodies, historyOf, opening, type SyncResult } from '../support/api/contract.js';
import { createDatabase, type TestDatabase } from '../support/database/database.js';
import { until } from '../support/projections/projections.js';
import {
  startServerProcess,
  stopServerProcesses,
  type ServerProcess,
} from '../support/server/server-process.js';

/** More than the kill waits for by so much that the cascade is under way for certain. */
const childCount = 60;

let database: TestDatabase;
beforeAll(async () => {
  database = await createDatabase();
});
afterAll(async () => {
  await stopServerProcesses();
  await database.drop();
});

const start = () => startServerProcess({ DATABASE_URL: database.url, LOG_LEVEL: 'warn' });

const countResolutions = async (tickets: readonly string[]): Promise<number> => {
  const rows = await database.query<{ count: string }>(
    `SELECT count(*) FROM event_store.events WHERE type = 'TicketResolved' AND stream = ANY($1)`,
    [tickets.map((ticketId) => `ticket-${ticketId}`)],
  );
  return Number(rows[0]!.count);
};

describe('a server killed within a cascade', () => {
  /** The one that was started after the kill before. */
  let server: ServerProcess;
  beforeAll(async () => {
    server = await start();
  });

  it.each([1, 30, 10, 50].slice(0, budgeted(2)))(
    'resolves each child once, at the parent’s time, when the command is sent again: after %d resolutions',
    async (enough) => {
      const [parent, ...children] = Array.from({ length: childCount + 1 }, () => randomUUID()) as [
        string,
        ...string[],
      ];
      const numbered = (type: string, ticketId: string, body: object) => ({
        type,
        ticketId,
        commandId: randomUUID(),
        ...body,
      });
      const commands = [
        ...[parent, ...children].map((id) => ({
          ...opening({ occurredAt: ago(3600) }),
          ...numbered('open', id, {}),
        })),
        ...children.map((id) => numbered('link', id, { to: parent, relation: 'parent' })),
      ];
      const client = await clientOf(server);
      const { body: sent } = await client.post<{ results: SyncResult[] }>('/v1/sync', {
        deviceId: 'd',
        commands,
      });
      expect(sent.results.filter(({ status }) => status !== 'applied')).toEqual([]);

      const body = { ...commandBodies.resolve, commandId: randomUUID(), cascade: true };
      const cut = client.post(`/v1/tickets/${parent}/resolve`, body).catch(() => undefined);
      while ((await countResolutions([parent, ...children])) < enough) await sleep(1);
      await server.kill('SIGKILL');
      await cut;
      const before = await countResolutions(children);

      server = await start();
      const again = await clientOf(server);
      // While its children are not known again it is answered with 503: send it again.
      const resend = (): Promise<SyncResult[]> =>
        until('the parent and its children are resolved', async () => {
          const answer = await again.post<{ cascade: SyncResult[] }>(`/v1/tickets/${parent}/resolve`, body);
          return answer.status !== 503 && answer.body.cascade;
        });
      const results = await resend();
      expect(results.map(({ ticketId }) => ticketId).sort()).toEqual([...children].sort());
      expect(results.filter(({ status }) => status === 'duplicate')).toHaveLength(before);
      expect(results.filter(({ status }) => status === 'applied')).toHaveLength(childCount - before);
      expect((await resend()).filter(({ status }) => status !== 'duplicate')).toEqual([]);

      const { occurredAt } = (await historyOf(again, parent)).at(-1)!;
      expect(await countResolutions(children)).toBe(childCount);
      for (const child of children) {
        expect((await historyOf(again, child)).at(-1)).toMatchObject({ type: 'TicketResolved', occurredAt });
      }
    },
  );
});
