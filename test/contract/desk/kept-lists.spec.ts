import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { signDevelopmentToken } from '../../../src/access/development-issuer.js';
import { Client } from '../../support/api/client.js';
import { done, openedTicket, type TicketBody } from '../../support/api/contract.js';
import { tokenOf } from '../../support/access/tokens.js';
import { startHostedServer, type HostedServer } from '../../support/server/hosted-server.js';
import { until } from '../../support/projections/projections.js';

interface List {
  items: TicketBody[];
  position: string;
}

let server: HostedServer;
beforeAll(async () => {
  server = await startHostedServer();
});
afterAll(() => server.close());

/** Somebody whom no other test knows. */
const agentOf = async (...establishments: string[]): Promise<Client & { id: string }> => {
  const id = `person-${randomUUID()}`;
  const token = await signDevelopmentToken({ subject: id, roles: ['agent'], establishments });
  return Object.assign(new Client(server.url, token), { id });
};

const metric = async (client: Client, sample: string): Promise<number> => {
  const { body } = await client.get<string>('/metrics');
  const line = body.split('\n').find((candidate) => candidate.startsWith(`${sample} `));
  return Number(line?.split(' ').at(-1));
};

const listOf = (client: Client, team: string, minPosition: string) =>
  client.get<List>(`/v1/tickets?team=${team}&minPosition=${minPosition}`);

describe('lists whose pages are kept', () => {
  it('are in the access log each time that somebody reads them, and counted in the metrics', async () => {
    const [first, second] = [await agentOf('NIM'), await agentOf('NIM')];
    const team = `equipe-${randomUUID()}`;
    const ticketId = await openedTicket(first, { team });
    const { headers } = await done(first, ticketId, 'start');
    const position = headers.get('Position')!;
    const hits = 'cache_reads_total{cache="ticket-lists",outcome="hit"}';
    const before = await metric(first, hits);
    for (const reader of [first, second, second]) {
      const { status, body } = await listOf(reader, team, position);
      expect([status, body.items.map((item) => item.ticketId)]).toEqual([200, [ticketId]]);
    }
    expect(await metric(first, hits)).toBe(before + 2);
    expect(await metric(first, 'cache_bytes{cache="ticket-lists"}')).toBeGreaterThan(1_000);
    const auditor = new Client(server.url, await tokenOf('auditor', []));
    const { body } = await auditor.get<{
      items: { person: string; action: string; establishment: string }[];
    }>(`/v1/audit/accesses?ticket=${ticketId}&limit=500`);
    const lists = body.items.filter(({ action }) => action === 'list');
    expect(lists.map(({ person }) => person).sort()).toEqual([first.id, second.id, second.id].sort());
    expect(new Set(lists.map(({ establishment }) => establishment))).toEqual(new Set(['NIM']));
  });

  it('are those of the reader’s establishments, whoever asked before', async () => {
    const [both, one] = [await agentOf('NIM', 'MCQ'), await agentOf('NIM')];
    const team = `equipe-${randomUUID()}`;
    const here = await openedTicket(both, { team });
    const there = await openedTicket(both, { team, establishment: 'MCQ' });
    const position = (await done(both, there, 'start')).headers.get('Position')!;
    const idsFor = async (reader: Client) =>
      (await listOf(reader, team, position)).body.items.map(({ ticketId }) => ticketId).sort();
    for (let time = 0; time < 2; time += 1) {
      expect(await idsFor(both)).toEqual([here, there].sort());
      expect(await idsFor(one)).toEqual([here]);
    }
  });

  it('show no text of an erased ticket once its erasure is answered, and are not kept with it', async () => {
    const reader = await agentOf('NIM');
    const operator = new Client(server.url, await tokenOf('operator', []));
    const team = `equipe-${randomUUID()}`;
    const ticketId = await openedTicket(reader, { team, title: 'Écran de Marguerite' });
    const opened = (await done(reader, ticketId, 'start')).headers.get('Position')!;
    const { body } = await listOf(reader, team, opened);
    expect(body.items[0]!.title).toBe('Écran de Marguerite');
    const entries = () => metric(reader, 'cache_entries{cache="ticket-lists"}');
    const before = await entries();
    const erasure = { reason: 'Demande de la personne', basis: 'Loi 25' };
    const erased = await operator.post(`/v1/admin/tickets/${ticketId}/erase`, erasure);
    expect(erased.status).toBe(200);
    await until('the page is dropped', async () => (await entries()) < before);
    const { body: after } = await reader.get<List>(`/v1/tickets?team=${team}`);
    expect(after.items.map(({ title }) => title)).toEqual(['']);
  });
});
