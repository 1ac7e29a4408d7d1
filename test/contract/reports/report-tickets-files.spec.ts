import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { tokenOfPerson } from '../../support/access/tokens.js';
import { Client, clientOf } from '../../support/api/client.js';
import { ago, expectProblem, openedTicket, type SyncBody } from '../../support/api/contract.js';
import { startHostedServer, type HostedServer } from '../../support/server/hosted-server.js';
import { referenceOf } from '../../../src/shared/ticket-reference.js';

let server: HostedServer;
let all: Client;
const ids: string[] = [];
const team = `équipe-${randomUUID()}`;
beforeAll(async () => {
  server = await startHostedServer();
  all = await clientOf(server);
  for (const title of ['Un titre confidentiel', 'Un autre', 'Un troisième'])
    ids.push(await openedTicket(all, { title, team, occurredAt: ago(3_600) }));
  await openedTicket(all, { occurredAt: ago(3_600) });
  await all.post(`/v1/tickets/${ids[0]}/start`, { occurredAt: ago(1_800) });
});
afterAll(() => server.close());

const agent = async (establishments: readonly string[]): Promise<{ person: string; client: Client }> => {
  const person = `person-${randomUUID()}`;
  return { person, client: new Client(server.url, await tokenOfPerson(person, 'agent', establishments)) };
};
const address = async (query: string): Promise<string> => {
  const { position } = (await all.post<SyncBody>('/v1/sync', { deviceId: 'now', commands: [] })).body;
  const days = `from=${ago(2 * 86_400).slice(0, 10)}&to=${ago(0).slice(0, 10)}`;
  return `/v1/reports/responses/tickets?${days}&minPosition=${position}&${query}`;
};

describe('the tickets behind a report as a file', () => {
  it('are all of the group, whatever the limit, and none has a title', async () => {
    const { client } = await agent(['NIM']);
    const csv = await client.get<string>(
      await address(`team=${encodeURIComponent(team)}&limit=1&format=csv`),
    );
    const lines = csv.body.trim().split('\r\n');
    expect(csv.headers.get('Content-Disposition')).toMatch(/filename="responses-.*-tickets\.csv"/);
    expect(lines[0]).toBe('reference,establishment,team,category,openedAt,beganAt,endedAt,seconds');
    expect(
      lines
        .slice(1)
        .map((line) => line.split(',')[0])
        .sort(),
    ).toEqual(ids.map(referenceOf).sort());
    expect(lines.slice(1).map((line) => line.split(',').at(-1))).toContainEqual(
      expect.stringMatching(/^1800(\.\d+)?$/),
    );
    expect(csv.body).not.toContain('confidentiel');
  });

  it('go on where a page ended, as they were known then', async () => {
    const { client } = await agent(['NIM']);
    const group = `team=${encodeURIComponent(team)}`;
    const first = await client.get<{ nextCursor: string }>(await address(`${group}&limit=1`));
    await openedTicket(all, { team, occurredAt: ago(60) });
    const rest = await client.get<string>(
      await address(`${group}&format=csv&cursor=${first.body.nextCursor}`),
    );
    expect(rest.body.trim().split('\r\n')).toHaveLength(1 + 2);
  });

  it('are for those who read their establishment, and are in the access log with who had them', async () => {
    const { person, client } = await agent(['NIM']);
    const { client: foreign } = await agent(['MCQ']);
    const group = `team=${encodeURIComponent(team)}&format=csv`;
    expect((await foreign.get<string>(await address(group))).body.trim().split('\r\n')).toHaveLength(1);
    expectProblem(
      await foreign.get(await address(`${group}&establishment=NIM`)),
      403,
      'establishment-not-yours',
    );
    await client.get(await address(group));
    const logged = async () =>
      (
        await server.database.query<{ tickets: string }>(
          `SELECT row_to_json(accesses)::text AS tickets FROM audit.accesses WHERE person = '${person}'`,
        )
      )
        .map(({ tickets }) => tickets)
        .join();
    for (let tries = 0; !(await logged()).includes(ids[0]!); tries += 1) {
      if (tries > 200) throw new Error('the file is not in the access log');
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  });
});

describe('the page of the tickets behind a report', () => {
  const page = async (query: string): Promise<{ status: number; text: string }> => {
    const answer = await fetch(new URL(`/rapports/billets?${query}`, server.url), {
      headers: { Authorization: `Bearer ${all.token!}`, Accept: 'text/html' },
    });
    return { status: answer.status, text: await answer.text() };
  };
  const days = 'report=responses&from=2026-05-15&to=2026-05-16';

  it.each([
    ['a category that there is not', `${days}&by=category&group=x`],
    ['a day that is none', `${days}&by=day&group=hier`],
    ['days in the wrong order', 'report=responses&from=2026-05-16&to=2026-05-15'],
    ['a hundred years', 'report=responses&from=1926-05-16&to=2026-05-15'],
  ])('refuses %s as a mistake, and is no fault of ours', async (_what, query) => {
    expect((await page(query)).status).toBe(400);
  });

  it('keeps what was chosen where the other language is chosen', async () => {
    const { status, text } = await page(`${days}&lang=fr`);
    expect(status).toBe(200);
    const escaped = days.replaceAll('&', '&amp;');
    expect(text).toContain(`href="?${escaped}&amp;lang=en"`);
  });
});
