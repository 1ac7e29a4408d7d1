import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { clientOf, type Client } from '../../support/api/client.js';
import { opening, type SyncBody } from '../../support/api/contract.js';
import { PlainBrowser } from '../../support/access/session.js';
import { startHostedServer, type HostedServer } from '../../support/server/hosted-server.js';

let server: HostedServer;
let client: Client;
beforeAll(async () => {
  server = await startHostedServer();
  client = await clientOf(server);
});
afterAll(() => server.close());

const dayAgo = (days: number): string =>
  new Date(Date.now() - days * 86_400_000).toISOString().slice(0, '2026-05-15'.length);

/** Opens so many tickets around noon of each of these days, counted back from today. */
const open = async (daysBack: readonly number[], tickets: number): Promise<void> => {
  const commands = daysBack.flatMap((back) =>
    Array.from({ length: tickets }, () => ({
      type: 'open',
      ...opening({ occurredAt: `${dayAgo(back)}T17:00:00Z` }),
      ...{ commandId: randomUUID(), ticketId: randomUUID() },
    })),
  );
  const { body } = await client.post<SyncBody>('/v1/sync', { deviceId: 'test', commands });
  expect(body.results.map(({ status }) => status)).toEqual(commands.map(() => 'applied'));
  await client.get(`/v1/billets-quotidiens?from=${dayAgo(1)}&to=${dayAgo(0)}&minPosition=${body.position}`);
};
const board = async (): Promise<string> => {
  const browser = new PlainBrowser(() => server.url);
  const { jar } = await browser.signedIn('producer');
  const html = await (await browser.send(jar, '/')).text();
  return html.replace(/<[^>]*>/g, ' ').replace(/\s+/g, ' ');
};

it('the board forecasts the next three days from finished days, with the interval and the usual error', async () => {
  await open(
    Array.from({ length: 40 }, (_, index) => index + 1),
    2,
  );
  const shown = await board();
  expect(shown).toContain('Ouvertures à prévoir');
  expect(shown.match(/ 2 2 et 2 ±0 % /g)).toHaveLength(3);
});

it('the board says why it does not forecast where finished days are too few', async () => {
  await server.close();
  server = await startHostedServer();
  client = await clientOf(server);
  await open([20, 10, 2], 3);
  expect(await board()).toMatch(
    /il faut 31 jours finis depuis les premiers billets des \d+ dernières semaines, et il y en a (19|20|21)\./,
  );
});
