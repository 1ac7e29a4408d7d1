import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { DataKeys } from '../../../src/keys/index.js';
import { KeySweeper } from '../../../src/tickets/erasure/key-sweeper.js';
import { tokenOf } from '../../support/access/tokens.js';
import { Client, clientOf } from '../../support/api/client.js';
import {
  command,
  done,
  expectProblem,
  historyOf,
  openedTicket,
  opening,
  pointersOf,
  ticketOf,
  type SyncBody,
} from '../../support/api/contract.js';
import { foundIn, plantWords } from '../../support/keys/planted-words.js';
import { startTestServer, type TestServer } from '../../support/server/server.js';

interface Erased {
  ticketId: string;
  status: string;
  erasedAt: string;
  reason: string;
  basis: string;
  texts: number;
  position: string;
  emptied: boolean;
}

let server: TestServer;
let client: Client;
let operator: Client;
beforeAll(async () => {
  server = await startTestServer();
  client = await clientOf(server);
  operator = new Client(server.url, await tokenOf('operator', []));
});
afterAll(() => server.close());

const why = { reason: 'Demande de la personne', basis: 'Loi 25, art. 28' };
const erase = (ticketId: string, body: object = why) =>
  operator.post<Erased>(`/v1/admin/tickets/${ticketId}/erase`, body);
const eventsIn = async (): Promise<number> => {
  const [row] = await server.database.query<{ count: string }>('SELECT count(*) FROM event_store.events');
  return Number(row!.count);
};

describe('erasing the texts of a ticket', () => {
  it('answers with what was erased, and with none of it', async () => {
    const ticketId = await plantWords(client);
    const { status, body } = await erase(ticketId);
    expect(status).toBe(200);
    expect(body).toEqual({
      ...{ ticketId, status: 'erased', ...why, texts: 11, emptied: true },
      erasedAt: expect.stringMatching(/Z$/),
      position: expect.stringMatching(/^\d+$/),
    });
    expect(foundIn(JSON.stringify(body))).toEqual([]);
  });

  it('does nothing more the second time, whatever the reason, and appends nothing', async () => {
    const ticketId = await plantWords(client);
    const first = (await erase(ticketId)).body;
    const events = await eventsIn();
    const again = await erase(ticketId, { reason: 'Autre', basis: 'Autre' });
    expect([again.status, again.body]).toEqual([200, { ...first, status: 'already-erased', texts: 0 }]);
    expect(await eventsIn()).toBe(events);
  });

  it('is one event, whoever else does so at the same moment', async () => {
    const ticketId = await plantWords(client);
    const answers = await Promise.all(Array.from({ length: 8 }, () => erase(ticketId)));
    expect(answers.map(({ status }) => status)).toEqual(answers.map(() => 200));
    const types = (await historyOf(client, ticketId)).map(({ type }) => type);
    expect(types.filter((type) => type === 'TicketTextsErased')).toHaveLength(1);
  });

  it('is refused without a reason or a basis, by name; without a ticket; and to anybody but operators', async () => {
    const ticketId = await openedTicket(client);
    expect(pointersOf(expectProblem(await erase(ticketId, {}), 400, 'malformed')).sort()).toEqual([
      '/basis',
      '/reason',
    ]);
    expect(pointersOf(expectProblem(await erase(ticketId, { reason: 'x' }), 400, 'malformed'))).toEqual([
      '/basis',
    ]);
    expectProblem(await erase(randomUUID()), 404, 'ticket-not-found');
    const agent = new Client(server.url, await tokenOf('agent'));
    expectProblem(await agent.post(`/v1/admin/tickets/${ticketId}/erase`, why), 403, 'role-not-allowed');
    expect((await ticketOf(client, ticketId)).title).toBe('Ordonnance introuvable');
  });

  it('is no command of a batch', async () => {
    const both = new Client(server.url, await tokenOf(['agent', 'operator']));
    const ticketId = await openedTicket(client);
    const sent = { commandId: randomUUID(), type: 'erase', ticketId, ...why };
    const { body } = await both.post<{ results: { status: string; problem: { type: string } }[] }>(
      '/v1/sync',
      { deviceId: 'd', commands: [sent] },
    );
    expect(body.results[0]).toMatchObject({ status: 'refused' });
    expect(body.results[0]!.problem.type).toMatch(/unknown-command$/);
  });

  it('is refused for texts that the log holds in plain: nothing would be erased', async () => {
    const ticketId = await openedTicket(client, { title: 'En clair' });
    await server.database.query('ALTER TABLE event_store.events DISABLE TRIGGER USER');
    await server.database.query(
      `UPDATE event_store.events
          SET data = jsonb_set(data::jsonb, '{title}', '"En clair"')::json, metadata = (metadata::jsonb - 'encrypted')::json
        WHERE stream = $1`,
      [`ticket-${ticketId}`],
    );
    await server.database.query('ALTER TABLE event_store.events ENABLE TRIGGER USER');
    expectProblem(await erase(ticketId), 409, 'texts-in-plain');
    expect((await ticketOf(client, ticketId)).title).toBe('En clair');
  });
});

describe('a ticket whose texts are erased', () => {
  it('keeps what is counted and named, and its history says of each text when it was erased and why', async () => {
    const ticketId = await plantWords(client);
    const before = await ticketOf(client, ticketId);
    const { position } = (await erase(ticketId)).body;
    const emptied = { title: '', description: null, location: null, requester: null };
    expect(await ticketOf(client, ticketId)).toEqual({
      ...before,
      ...emptied,
      revision: before.revision + 1,
      updatedAt: expect.anything(),
    });
    const history = await historyOf(client, ticketId);
    expect(foundIn(JSON.stringify(history))).toEqual([]);
    expect(history.at(-1)).toMatchObject({
      ...{ position, type: 'TicketTextsErased', actor: 'test:operator' },
      data: { erasure: why },
      sentence:
        'test:operator a effacé les textes du billet, motif: «Demande de la personne» (Loi 25, art. 28).',
    });
    const said = /«texte effacé le \d+(er)? \S+ \d{4} à \d\dh\d\d, motif: Demande de la personne»/;
    const sentences = history.slice(0, -1).map(({ sentence }) => String(sentence));
    expect(sentences.filter((sentence) => said.test(sentence))).toHaveLength(sentences.length);
    const english = await client.get<{ items: { sentence: string }[] }>(
      `/v1/tickets/${ticketId}/history?limit=500`,
      { 'Accept-Language': 'en' },
    );
    expect(english.body.items[0]!.sentence).toMatch(/«text erased on \S+ \d+, \d{4}, \d\d:\d\d, reason: /);
  });

  it('knows a repeated command by its id, and takes none of its texts back', async () => {
    const body = opening({ title: 'Sarrasin' });
    const ticketId = (await client.post<{ ticketId: string }>('/v1/tickets', body)).body.ticketId;
    const commandId = randomUUID();
    await done(client, ticketId, 'note', { commandId, body: 'Sarrasin' });
    await erase(ticketId);
    const again = await client.post('/v1/tickets', body);
    expect([again.status, JSON.stringify(again.body).includes('Sarrasin')]).toEqual([200, false]);
    const noted = await command(client, ticketId, 'note', { commandId, body: 'Sarrasin' });
    expect([noted.status, JSON.stringify(noted.body).includes('Sarrasin')]).toEqual([200, false]);
    expectProblem(await command(client, ticketId, 'note', { body: 'Sarrasin' }), 409, 'texts-erased');
  });

  it('is resolved, reopened and cancelled without the texts', async () => {
    const ticketId = await openedTicket(client, { title: 'Sarrasin' });
    await erase(ticketId);
    const resolution = { code: 'fixed', note: 'Sarrasin' };
    const { body } = await done(client, ticketId, 'resolve', { resolution });
    expect(body).toMatchObject({ status: 'resolved', resolution: { code: 'fixed', note: '' } });
    await done(client, ticketId, 'reopen', { reason: 'Sarrasin' });
    await done(client, ticketId, 'hold', { reason: 'vendor', note: 'Sarrasin' });
    await done(client, ticketId, 'cancel', { reason: 'Sarrasin' });
    expect(JSON.stringify(await historyOf(client, ticketId))).not.toContain('Sarrasin');
  });

  it('is named by its id in the history of a ticket that it was merged into, or that is linked with it', async () => {
    const [merged, target] = [await openedTicket(client, { title: 'Sarrasin' }), await openedTicket(client)];
    await done(client, target, 'link', { to: merged, relation: 'related' });
    await done(client, merged, 'merge', { into: target });
    expect(JSON.stringify((await client.get(`/v1/tickets/${target}/history`)).body)).toContain('Sarrasin');
    const { position } = (await erase(merged)).body;
    const { body } = await client.get(`/v1/tickets/${target}/history?minPosition=${position}`);
    expect(JSON.stringify(body)).not.toContain('Sarrasin');
    expect(JSON.stringify(body)).toContain(`le billet ${merged.slice(0, 8)}`);
    expect(body).toMatchObject({
      mergedFrom: [{ title: '', sentence: expect.stringContaining('texte effacé') }],
    });
  });
});

describe('several tickets', () => {
  it('are erased together, and one that is refused stops no other', async () => {
    const [one, two, held] = [
      await openedTicket(client, { title: 'Sarrasin' }),
      await openedTicket(client, { title: 'Sarrasin' }),
      await openedTicket(client, { title: 'Sarrasin' }),
    ];
    const unknown = randomUUID();
    await operator.send('PUT', `/v1/admin/tickets/${held}/hold`, { reason: 'Dossier 114' });
    const { status, body } = await operator.post<{ results: { status: string; ticketId: string }[] }>(
      '/v1/admin/erasures',
      { tickets: [one, held, two, unknown, one], ...why },
    );
    expect(status).toBe(200);
    expect(body.results.map(({ ticketId, status: done }) => [ticketId, done])).toEqual([
      [one, 'erased'],
      [held, 'refused'],
      [two, 'erased'],
      [unknown, 'refused'],
    ]);
    expect(body.results[1]).toMatchObject({ problem: { type: expect.stringMatching(/legal-hold$/) } });
    expectProblem(await operator.post('/v1/admin/erasures', { tickets: [], ...why }), 400, 'malformed');
    const many = Array.from({ length: 501 }, () => randomUUID());
    expectProblem(await operator.post('/v1/admin/erasures', { tickets: many, ...why }), 400, 'malformed');
  });

  it('are listed with when, by whom and why, the newest first, page by page', async () => {
    interface List {
      items: { ticketId: string; position: string; reason: string }[];
      nextCursor: string | null;
    }
    const { body: known } = await client.post<SyncBody>('/v1/sync', { deviceId: 'now', commands: [] });
    const first = await operator.get<List>(`/v1/admin/erasures?limit=2&minPosition=${known.position}`);
    expect(first.body.items).toHaveLength(2);
    expect(first.body.items[0]).toMatchObject({ establishment: 'NIM', actor: 'test:operator', ...why });
    const next = await operator.get<List>(`/v1/admin/erasures?limit=500&cursor=${first.body.nextCursor}`);
    const all = [...first.body.items, ...next.body.items].map(({ position }) => Number(position));
    expect(all).toEqual(all.toSorted((a, b) => b - a));
    expect(next.body.nextCursor).toBeNull();
  });
});

describe('a legal hold', () => {
  it('keeps a ticket from being erased until it is released, and is listed meanwhile', async () => {
    const ticketId = await openedTicket(client);
    const hold = `/v1/admin/tickets/${ticketId}/hold`;
    const placed = await operator.send<Record<string, unknown>>('PUT', hold, { reason: 'Dossier 114' });
    expect([placed.status, placed.body]).toEqual([
      200,
      expect.objectContaining({ ticketId, held: true, reason: 'Dossier 114' }),
    ]);
    expectProblem(await erase(ticketId), 409, 'legal-hold');
    const { body } = await operator.get<{ items: { ticketId: string }[] }>(
      `/v1/admin/holds?limit=500&minPosition=${String(placed.body.position)}`,
    );
    expect(body.items.map((item) => item.ticketId)).toContain(ticketId);
    const released = await operator.send<Record<string, unknown>>('DELETE', hold, undefined);
    expect(released.body).toMatchObject({ held: false, reason: null });
    expect((await erase(ticketId)).status).toBe(200);
    expectProblem(await operator.send('PUT', hold, { reason: 'Trop tard' }), 409, 'texts-erased');
    expectProblem(await operator.send('PUT', hold, {}), 400, 'malformed');
    expectProblem(
      await operator.send('PUT', `/v1/admin/tickets/${randomUUID()}/hold`, { reason: 'x' }),
      404,
      'ticket-not-found',
    );
  });
});

describe('a crash between the event and the key', () => {
  /** As a process leaves it that ends right after the event: the key is still there. */
  const halfErased = async (): Promise<string> => {
    const ticketId = await openedTicket(client, { title: 'Sarrasin' });
    const keys = server.app.get(DataKeys);
    const destroy = keys.destroy.bind(keys);
    keys.destroy = () => Promise.reject(new Error('the process ended here'));
    try {
      expect((await erase(ticketId)).status).toBe(500);
      expect(await isDestroyed(ticketId)).toBe(false);
    } finally {
      keys.destroy = destroy;
    }
    return ticketId;
  };
  const isDestroyed = async (ticketId: string): Promise<boolean> => {
    const [row] = await server.database.query<{ gone: boolean }>(
      'SELECT destroyed_at IS NOT NULL AS gone FROM keys.ticket_keys WHERE ticket_id = $1',
      [ticketId],
    );
    return row!.gone;
  };

  it('shows nothing of the texts any more, and is made good by the same call', async () => {
    const ticketId = await halfErased();
    expect((await ticketOf(client, ticketId)).title).toBe('');
    expect(JSON.stringify(await historyOf(client, ticketId))).not.toContain('Sarrasin');
    // One, or none where a process has made it good by itself meanwhile.
    expect((await erase(ticketId)).body).toMatchObject({ texts: expect.any(Number), emptied: true });
    expect(await isDestroyed(ticketId)).toBe(true);
  });

  it('is made good by itself, by any process', async () => {
    const ticketId = await halfErased();
    const position = (await historyOf(client, ticketId)).at(-1)!.position;
    await client.get(`/v1/tickets?minPosition=${position}`);
    const sweeper = server.app.get(KeySweeper);
    while (!(await isDestroyed(ticketId))) await sweeper.sweep();
    expect((await erase(ticketId)).body).toMatchObject({ status: 'already-erased' });
  });
});
