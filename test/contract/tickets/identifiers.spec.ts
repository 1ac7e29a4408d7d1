import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { clientOf, codeOf, type Client } from '../../support/api/client.js';
import {
  expectProblem,
  historyOf,
  openedTicket,
  opening,
  ticketOf,
  type SyncBody,
  type TicketBody,
} from '../../support/api/contract.js';
import { Listener } from '../../support/api/live.js';
import { startHostedServer, type HostedServer } from '../../support/server/hosted-server.js';

const nam = 'TREM 8451 1234';
const phone = '514 555-1234';
const email = 'm.tremblay@exemple.ca';
const all = [nam, phone, email];

interface Warned extends TicketBody {
  warnings?: { code: string; pointer: string }[];
}
interface Listed {
  items: TicketBody[];
  highlights?: { title: string; text: string }[];
}

let server: HostedServer;
let client: Client;
beforeAll(async () => {
  server = await startHostedServer();
  client = await clientOf(server);
});
afterAll(() => server.close());

const sync = (commands: object[], by = client) =>
  by.post<SyncBody>('/v1/sync', { deviceId: 'nim-03', commands });

describe('a text that names or reaches a person', () => {
  it('is warned of in the answer, by its field, the first time and each time again', async () => {
    const body = opening({ title: `Dossier de ${nam}`, description: `Rappeler au ${phone} ou à ${email}` });
    const warnings = [
      { code: 'health-number', pointer: '/title' },
      { code: 'phone-number', pointer: '/description' },
      { code: 'email-address', pointer: '/description' },
    ];
    const first = await client.post<Warned>('/v1/tickets', body);
    const second = await client.post<Warned>('/v1/tickets', body);
    expect([first.status, first.body.warnings]).toEqual([201, warnings]);
    expect([second.status, second.body.warnings]).toEqual([200, warnings]);
  });

  it('is warned of by every command that has texts', async () => {
    const ticketId = await openedTicket(client);
    const done = async (type: string, body: object) =>
      (await client.post<Warned>(`/v1/tickets/${ticketId}/${type}`, body)).body.warnings;
    const at = (pointer: string) => [{ code: 'phone-number', pointer }];
    expect(await done('note', { body: phone })).toEqual(at('/body'));
    expect(await done('hold', { reason: 'user', note: phone })).toEqual(at('/note'));
    expect(await done('resolve', { resolution: { code: 'fixed', note: phone } })).toEqual(
      at('/resolution/note'),
    );
    expect(await done('reopen', { reason: phone })).toEqual(at('/reason'));
    expect(await done('cancel', { reason: phone })).toEqual(at('/reason'));
  });

  it('is not looked for in names and ids', async () => {
    const ticketId = await openedTicket(client);
    const { body } = await client.post<Warned>(`/v1/tickets/${ticketId}/assign`, {
      assignee: 'alice@exemple.ca',
    });
    expect([body.assignee, body.warnings]).toEqual(['alice@exemple.ca', undefined]);
  });

  it('is warned of in each result of a batch, and again when the batch is repeated', async () => {
    const ticketId = randomUUID();
    const commands = [
      { type: 'open', ...opening({ ticketId, location: `Lit 4, ${phone}` }) },
      { type: 'note', commandId: randomUUID(), ticketId, body: 'Vu' },
      { type: 'note', commandId: randomUUID(), ticketId, body: nam },
    ];
    const expected = [
      [{ code: 'phone-number', pointer: '/location' }],
      undefined,
      [{ code: 'health-number', pointer: '/body' }],
    ];
    for (const status of ['applied', 'duplicate']) {
      const { results } = (await sync(commands)).body;
      expect(results.map(({ warnings }) => warnings)).toEqual(expected);
      expect(results.map((result) => result.status)).toEqual([status, status, status]);
    }
  });

  it('is warned of for each ticket of a bulk command', async () => {
    const ticketIds = [await openedTicket(client), await openedTicket(client)];
    const call = { type: 'resolve', ticketIds, resolution: { code: 'fixed', note: phone } };
    const { results } = (await client.post<SyncBody>('/v1/tickets/bulk', call)).body;
    const warnings = [{ code: 'phone-number', pointer: '/resolution/note' }];
    expect(results.map((result) => result.warnings)).toEqual([warnings, warnings]);
  });
});

describe('what names or reaches a person', () => {
  let ticketId: string;
  let position: string;
  beforeAll(async () => {
    const listener = await Listener.open(client);
    ticketId = await openedTicket(client, {
      title: `Accès ${nam}`,
      description: `Patiente ${nam}, ${phone}, ${email}`,
      location: `Poste 4, ${phone}`,
    });
    const resolution = { code: 'fixed', note: `Rappelée au ${phone}` };
    const resolved = await client.post(`/v1/tickets/${ticketId}/resolve`, { resolution });
    position = resolved.headers.get('Position')!;
    await listener.upTo(position);
    live = listener.news.map(({ data }) => data.ticket).filter((ticket) => ticket?.ticketId === ticketId);
    listener.leave();
  });
  let live: (TicketBody | undefined)[] = [];

  const maskedTicket = {
    title: 'Accès •••• •••• ••••',
    description: 'Patiente •••• •••• ••••, •••-•••-••••, •••@•••',
    location: 'Poste 4, •••-•••-••••',
    resolution: { code: 'fixed', note: 'Rappelée au •••-•••-••••' },
  };

  it('is masked in the list', async () => {
    const { body } = await client.get<Listed>(`/v1/tickets?limit=500&minPosition=${position}`);
    expect(body.items.find((item) => item.ticketId === ticketId)).toMatchObject(maskedTicket);
  });

  it.each(all)('is found by whoever searches for it, and masked in what is found: %s', async (number) => {
    const query = encodeURIComponent(`"${number}"`);
    const { body } = await client.get<Listed>(`/v1/tickets?q=${query}&minPosition=${position}`);
    expect(body.items.find((item) => item.ticketId === ticketId)).toMatchObject(maskedTicket);
    for (const each of all) expect(JSON.stringify(body)).not.toContain(each);
  });

  it('is masked in what has changed, from the beginning and since', async () => {
    const { body } = await client.get<Listed & { cursor: string }>(
      `/v1/sync/changes?limit=500&minPosition=${position}`,
    );
    for (const each of all) expect(JSON.stringify(body)).not.toContain(each);
    await client.post(`/v1/tickets/${ticketId}/reopen`, { reason: 'Encore' });
    const { position: last } = (await sync([])).body;
    const since = await client.get<Listed>(`/v1/sync/changes?cursor=${body.cursor}&minPosition=${last}`);
    expect(since.body.items.find((item) => item.ticketId === ticketId)).toMatchObject({
      ...maskedTicket,
      resolution: null,
    });
  });

  it('is masked in live changes', () => {
    expect(live.at(-1)).toMatchObject(maskedTicket);
    for (const each of all) expect(JSON.stringify(live)).not.toContain(each);
  });

  it('is masked where another ticket is named', async () => {
    const child = await openedTicket(client, { title: `Enfant ${phone}` });
    const parent = await openedTicket(client);
    await client.post(`/v1/tickets/${parent}/link`, { to: child, relation: 'related' });
    const sentences = (await historyOf(client, parent)).map(({ sentence }) => sentence);
    expect(sentences.at(-1)).toContain('Enfant •••-•••-••••');
    await client.post(`/v1/tickets/${child}/merge`, { into: parent });
    const { position: merged } = (await sync([])).body;
    const history = await client.get<{ mergedFrom: { title: string }[] }>(
      `/v1/tickets/${parent}/history?minPosition=${merged}`,
    );
    expect(JSON.stringify(history.body)).not.toContain(phone);
    expect(JSON.stringify(history.body)).toContain('Enfant •••-•••-••••');
  });

  it('is read in full in the ticket itself and in its history', async () => {
    const { title, description } = await ticketOf(client, ticketId);
    expect([title, description]).toEqual([`Accès ${nam}`, `Patiente ${nam}, ${phone}, ${email}`]);
    expect(JSON.stringify(await historyOf(client, ticketId))).toContain(nam);
  });
});

describe('a health number in a title', () => {
  let strict: HostedServer;
  let agent: Client;
  beforeAll(async () => {
    strict = await startHostedServer({ healthNumbersInTitles: 'refuse' });
    agent = await clientOf(strict);
  });
  afterAll(() => strict.close());

  it('is refused where the setting says so, with the field and what to do, in both languages', async () => {
    const body = opening({ title: `Dossier de ${nam}` });
    const refused = await agent.post('/v1/tickets', body, { 'Accept-Language': 'fr' });
    expectProblem(refused, 422, 'health-number-in-title');
    expect(refused.body).toMatchObject({ errors: [{ pointer: '/title' }] });
    expect(String(refused.body.detail)).toContain('sans le numéro');
    const english = await agent.post('/v1/tickets', body, { 'Accept-Language': 'en' });
    expect(String(english.body.detail)).toContain('without the number');
    expect(JSON.stringify(refused.body)).not.toContain(nam);
  });

  it('is refused in a batch without stopping the others, and taken once it is corrected', async () => {
    const command = { type: 'open', ...opening({ ticketId: randomUUID(), title: nam }) };
    const other = { type: 'open', ...opening({ ticketId: randomUUID(), description: nam }) };
    const { results } = (await sync([command, other], agent)).body;
    expect(results.map(({ status }) => status)).toEqual(['refused', 'applied']);
    expect(codeOf(results[0]!.problem)).toBe('health-number-in-title');
    const corrected = (await sync([{ ...command, title: 'Dossier introuvable' }], agent)).body.results;
    expect(corrected[0]).toMatchObject({ status: 'applied' });
  });

  it('is taken with a warning elsewhere, and other numbers are taken in titles', async () => {
    const { status, body } = await agent.post<Warned>(
      '/v1/tickets',
      opening({ title: phone, description: nam }),
    );
    expect([status, body.warnings?.map(({ code }) => code)]).toEqual([
      201,
      ['phone-number', 'health-number'],
    ]);
  });
});

describe('a command that was applied before titles were refused', () => {
  it('is answered as it was', async () => {
    const body = opening({ title: nam });
    expect((await client.post('/v1/tickets', body)).status).toBe(201);
    const strict = await startHostedServer({
      healthNumbersInTitles: 'refuse',
      databaseUrl: server.database.url,
    });
    try {
      expect((await (await clientOf(strict)).post('/v1/tickets', body)).status).toBe(200);
    } finally {
      await strict.close();
    }
  });
});
