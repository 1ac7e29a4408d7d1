import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { referenceOf } from '../../../src/shared/ticket-reference.js';
import { clientOf, type Client } from '../../support/api/client.js';
import {
  ago,
  command,
  commandBodies,
  commandNames,
  done,
  historyOf,
  naming,
  openedTicket,
  opening,
  ticketOf,
  type CommandName,
  type TicketBody,
} from '../../support/api/contract.js';
import { startHostedServer, type HostedServer } from '../../support/server/hosted-server.js';

let server: HostedServer;
let client: Client;
beforeAll(async () => {
  server = await startHostedServer();
  client = await clientOf(server);
});
afterAll(() => server.close());

const open = (changes: Record<string, unknown> = {}) =>
  client.post<TicketBody>('/v1/tickets', opening(changes));

describe('opening a ticket', () => {
  it('answers with the ticket, its address, its revision and its position', async () => {
    const { status, headers, body } = await open();
    expect(status).toBe(201);
    expect(headers.get('Location')).toBe(`/v1/tickets/${body.ticketId}`);
    expect(headers.get('ETag')).toBe('"1"');
    expect(headers.get('Position')).toMatch(/^[1-9]\d*$/);
    expect((await client.get(headers.get('Location')!)).body).toEqual(body);
  });

  it('keeps all given fields, trimmed', async () => {
    const fields = {
      ticketId: randomUUID(),
      establishment: 'CNORD',
      site: 'BLANC-SABLON',
      title: '  Imprimante «hors ligne»  ',
      description: 'Étage 3\n\n😀',
      category: 'impression',
      priority: 'P3',
      team: 'mobile-cnord-01',
      location: 'Poste 12',
      requester: { name: 'Luc Roy', contact: 'poste 12' },
      occurredAt: '2026-05-15T08:12:33.120-03:00',
    };
    const { body } = await open(fields);
    expect(body).toEqual({
      ticketId: fields.ticketId,
      establishment: 'CNORD',
      site: 'BLANC-SABLON',
      reference: referenceOf(fields.ticketId),
      title: 'Imprimante «hors ligne»',
      description: fields.description,
      category: 'impression',
      priority: 'P3',
      requester: { name: 'Luc Roy', contact: 'poste 12' },
      location: 'Poste 12',
      status: 'open',
      team: 'mobile-cnord-01',
      assignee: null,
      watchers: 0,
      openedAt: '2026-05-15T11:12:33.120Z',
      updatedAt: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/),
      resolvedAt: null,
      resolution: null,
      mergedInto: null,
      links: [],
      revision: 1,
      attachments: 0,
    });
  });

  it('leaves missing fields null, and takes the server’s time', async () => {
    const { body } = await open();
    expect(body).toMatchObject({ site: null, description: null, location: null, team: null });
    expect(Math.abs(Date.parse(body.openedAt) - Date.now())).toBeLessThan(5_000);
  });

  it('twice with the same commandId opens one ticket, and answers 200 with it', async () => {
    for (const ticketId of [randomUUID(), undefined]) {
      const request = opening({ ticketId, occurredAt: ago(60) });
      const first = await client.post<TicketBody>('/v1/tickets', request);
      const again = await client.post<TicketBody>('/v1/tickets', request);
      expect([first.status, again.status]).toEqual([201, 200]);
      expect(again.body).toEqual(first.body);
      for (const name of ['ETag', 'Position']) expect(again.headers.get(name)).toBe(first.headers.get(name));
      expect(await historyOf(client, first.body.ticketId)).toHaveLength(1);
    }
  });

  it('again is answered with the first answer, whatever happened to the ticket since', async () => {
    const request = opening();
    const first = await client.post<TicketBody>('/v1/tickets', request);
    await done(client, first.body.ticketId, 'resolve');
    expect((await client.post<TicketBody>('/v1/tickets', request)).body).toEqual(first.body);
  });

  it('many times at the same moment opens one ticket', async () => {
    const request = opening();
    const answers = await Promise.all(
      Array.from({ length: 8 }, () => client.post<TicketBody>('/v1/tickets', request)),
    );
    expect(answers.map(({ status }) => status).sort()).toEqual([...Array<number>(7).fill(200), 201]);
    expect(new Set(answers.map(({ body }) => body.ticketId)).size).toBe(1);
    expect(new Set(answers.map(({ headers }) => headers.get('Position'))).size).toBe(1);
  });

  it('without a commandId opens a ticket each time', async () => {
    const [first, second] = [await open({ commandId: undefined }), await open({ commandId: undefined })];
    expect([first.status, second.status]).toEqual([201, 201]);
    expect(first.body.ticketId).not.toBe(second.body.ticketId);
  });

  it('accepts ids in capitals, and recognizes them in any case', async () => {
    const [ticketId, commandId] = [randomUUID(), randomUUID()];
    const request = opening({ ticketId: ticketId.toUpperCase(), commandId: commandId.toUpperCase() });
    const { status, body } = await client.post<TicketBody>('/v1/tickets', request);
    expect([status, body.ticketId]).toEqual([201, ticketId]);
    expect((await client.post('/v1/tickets', { ...request, ticketId, commandId })).status).toBe(200);
    expect((await ticketOf(client, ticketId.toUpperCase())).ticketId).toBe(ticketId);
    expect((await done(client, ticketId.toUpperCase(), 'start')).body.ticketId).toBe(ticketId);
  });

  it.each([
    ['NIM', 'NIM'],
    ['nim', 'NIM'],
    ["CIUSSS du Nord-de-l'Île-de-Montréal", 'NIM'],
    ['Nord‑de‑l’Île‑de‑Montréal', 'NIM'],
    ['nord-de-l’ile-de-montreal', 'NIM'],
    ['Mauricie–Centre-du-Québec', 'MCQ'],
    ['MAURICIE-CENTRE-DU-QUÉBEC', 'MCQ'],
    ['CHU de Québec — Université Laval', 'CHUQ'],
  ])('finds the establishment by its code, name or alias: %s', async (name, code) => {
    expect((await open({ establishment: name })).body.establishment).toBe(code);
  });

  it('finds the site by its name', async () => {
    const { body } = await open({ establishment: 'CNORD', site: 'basse-cote-nord (blanc-sablon)' });
    expect(body.site).toBe('BLANC-SABLON');
  });

  it.each([
    ['2026-05-15T00:00:00Z', '2026-05-15T00:00:00.000Z'],
    ['2026-05-15T00:00:00-00:00', '2026-05-15T00:00:00.000Z'],
    ['2026-05-15T23:59:59.999-04:00', '2026-05-16T03:59:59.999Z'],
    ['2026-05-15T08:00:00.5+05:30', '2026-05-15T02:30:00.500Z'],
    ['1970-01-01T00:00:00Z', '1970-01-01T00:00:00.000Z'],
  ])('accepts a time with any offset, and keeps it in UTC: %s', async (occurredAt, openedAt) => {
    const { body } = await open({ occurredAt });
    expect(body.openedAt).toBe(openedAt);
    expect((await historyOf(client, body.ticketId))[0]).toMatchObject({
      occurredAt: openedAt,
      claimedAt: openedAt,
    });
  });
});

interface Example {
  name: CommandName;
  before?: CommandName[];
  /** Fields of the ticket afterwards. */
  then: Partial<TicketBody>;
  type: string;
}
const examples: Example[] = [
  { name: 'assign', then: { status: 'open', team: 'mobile-nim-03' }, type: 'TicketAssigned' },
  { name: 'start', then: { status: 'in-progress' }, type: 'WorkStarted' },
  { name: 'hold', then: { status: 'waiting' }, type: 'TicketPutOnHold' },
  { name: 'note', then: { status: 'open' }, type: 'NoteAdded' },
  { name: 'link', then: { status: 'open' }, type: 'TicketLinked' },
  {
    name: 'requester',
    then: { requester: { name: 'Marie Roy', contact: null } },
    type: 'RequesterChanged',
  },
  { name: 'watch', then: { watchers: 1 }, type: 'TicketWatched' },
  { name: 'unwatch', before: ['watch'], then: { watchers: 0 }, type: 'TicketUnwatched' },
  { name: 'recategorize', then: { category: 'pharmacie' }, type: 'TicketRecategorized' },
  { name: 'reprioritize', then: { priority: 'P1' }, type: 'TicketReprioritized' },
  {
    name: 'resolve',
    then: { status: 'resolved', resolution: commandBodies.resolve.resolution },
    type: 'TicketResolved',
  },
  { name: 'close', before: ['resolve'], then: { status: 'closed' }, type: 'TicketClosed' },
  {
    name: 'reopen',
    before: ['resolve'],
    then: { status: 'open', resolvedAt: null, resolution: null },
    type: 'TicketReopened',
  },
  { name: 'cancel', then: { status: 'cancelled' }, type: 'TicketCancelled' },
  { name: 'merge', then: { status: 'merged' }, type: 'TicketMerged' },
  { name: 'transfer', then: { establishment: 'MCQ', status: 'open' }, type: 'TicketTransferred' },
];

describe('a command', () => {
  it('of every type has an example below', () => {
    expect(examples.map(({ name }) => name).sort()).toEqual([...commandNames].sort());
  });

  it.each(examples)(
    '$name answers with the ticket as it is afterwards',
    async ({ name, before = [], then, type }) => {
      const ticketId = await openedTicket(client);
      const otherTicketId = await openedTicket(client);
      for (const earlier of before) await done(client, ticketId, earlier, { occurredAt: ago(120) });
      const fields = naming(name, otherTicketId);
      const request = { commandId: randomUUID(), occurredAt: ago(60), ...fields };
      const { headers, body } = await done(client, ticketId, name, request);
      const revision = before.length + 2;
      expect(body).toMatchObject({ ticketId, revision, ...then });
      expect(body.mergedInto).toBe(name === 'merge' ? otherTicketId : null);
      expect(body.links).toEqual(name === 'link' ? [{ to: otherTicketId, relation: 'related' }] : []);
      expect(headers.get('ETag')).toBe(`"${revision}"`);
      expect(headers.get('Location')).toBeNull();
      expect(await ticketOf(client, ticketId)).toEqual(body);
      const newest = (await historyOf(client, ticketId)).at(-1);
      expect(newest).toMatchObject({ type, revision, position: headers.get('Position') });
      expect(newest?.commandId).toBe(request.commandId);

      const again = await done(client, ticketId, name, request);
      expect(again.body).toEqual(body);
      expect(again.headers.get('Position')).toBe(headers.get('Position'));
      expect(await historyOf(client, ticketId)).toHaveLength(revision);
    },
  );

  const alreadySo = examples.filter(({ name }) => name !== 'note');
  it.each(alreadySo)(
    '$name changes nothing where the ticket is already so',
    async ({ name, before = [] }) => {
      const ticketId = await openedTicket(client);
      const otherTicketId = await openedTicket(client);
      for (const earlier of before) await done(client, ticketId, earlier);
      const fields = naming(name, otherTicketId);
      const first = await done(client, ticketId, name, fields);
      const again = await done(client, ticketId, name, fields);
      expect(again.body).toEqual(first.body);
      for (const header of ['ETag', 'Position']) {
        expect(again.headers.get(header)).toBe(first.headers.get(header));
      }
    },
  );

  it.each<[CommandName, CommandName[]]>([
    ['start', []],
    ['close', ['resolve']],
  ])('%s needs no body', async (name, before) => {
    const statuses: unknown[] = [];
    for (const body of [undefined, '', {}]) {
      const ticketId = await openedTicket(client);
      for (const earlier of before) await done(client, ticketId, earlier);
      statuses.push([body, (await client.post(`/v1/tickets/${ticketId}/${name}`, body)).status]);
    }
    // The second request has Content-Type JSON and an empty body, as many clients send it for no body.
    expect(statuses).toEqual([
      [undefined, 200],
      ['', 200],
      [{}, 200],
    ]);
  });

  it('that changed nothing is not remembered: the same command may change something later', async () => {
    const ticketId = await openedTicket(client);
    const commandId = randomUUID();
    await done(client, ticketId, 'start');
    expect((await done(client, ticketId, 'start', { commandId })).body.revision).toBe(2);
    await done(client, ticketId, 'hold');
    const { body } = await done(client, ticketId, 'start', { commandId });
    expect(body).toMatchObject({ status: 'in-progress', revision: 4 });
  });

  it('may repeat its type and the ticket of its path', async () => {
    const ticketId = await openedTicket(client);
    await done(client, ticketId, 'start', { type: 'start', ticketId: ticketId.toUpperCase() });
  });

  it('is the same command with its type and ticketId and without', async () => {
    const ticketId = await openedTicket(client);
    const commandId = randomUUID();
    const first = await done(client, ticketId, 'start', { commandId });
    const again = await done(client, ticketId, 'start', { commandId, type: 'start', ticketId });
    expect(again.body).toEqual(first.body);
  });

  it('that claims a time before the last transition gets the time of that transition, and its claim is kept', async () => {
    const ticketId = await openedTicket(client, { occurredAt: '2026-05-15T12:00:00Z' });
    await done(client, ticketId, 'start', { occurredAt: '2026-05-15T13:00:00Z' });
    await done(client, ticketId, 'note', { occurredAt: '2026-05-14T01:00:00Z' });
    const { body } = await done(client, ticketId, 'resolve', { occurredAt: '2026-05-15T12:30:00Z' });
    expect(body.resolvedAt).toBe('2026-05-15T13:00:00.000Z');
    const [, started, noted, resolved] = await historyOf(client, ticketId);
    expect(started).toMatchObject({ occurredAt: '2026-05-15T13:00:00.000Z' });
    expect(noted).toMatchObject({
      occurredAt: '2026-05-14T01:00:00.000Z',
      claimedAt: '2026-05-14T01:00:00.000Z',
    });
    expect(resolved).toMatchObject({
      occurredAt: '2026-05-15T13:00:00.000Z',
      claimedAt: '2026-05-15T12:30:00.000Z',
    });
  });

  it('assign sets a team or an assignee, and clears them with null', async () => {
    const ticketId = await openedTicket(client, { team: 'mobile-nim-01' });
    const given = await done(client, ticketId, 'assign', { team: undefined, assignee: 'alice' });
    expect(given.body).toMatchObject({ team: 'mobile-nim-01', assignee: 'alice' });
    const taken = await done(client, ticketId, 'assign', { team: null, assignee: null });
    expect(taken.body).toMatchObject({ team: null, assignee: null });
  });

  it('transfer can go to a site, and back to the establishment without a site', async () => {
    const ticketId = await openedTicket(client);
    const to = { establishment: 'CNORD', site: 'BLANC-SABLON' };
    expect((await done(client, ticketId, 'transfer', to)).body).toMatchObject(to);
    const back = await done(client, ticketId, 'transfer', { establishment: 'CNORD' });
    expect(back.body).toMatchObject({ establishment: 'CNORD', site: null, revision: 3 });
  });

  it('is applied also when many come at once', async () => {
    const ticketId = await openedTicket(client);
    const bodies = Array.from({ length: 20 }, (_, index) => `note ${index}`);
    const answers = await Promise.all(bodies.map((body) => done(client, ticketId, 'note', { body })));
    const revisions = answers.map(({ body }) => body.revision).sort((a, b) => a - b);
    expect(revisions).toEqual(bodies.map((_, index) => index + 2));
    const bodiesRead = (await historyOf(client, ticketId)).slice(1).map(({ data }) => data.body as string);
    expect(bodiesRead.sort()).toEqual(bodies.sort());
  });
});

describe('reading a ticket', () => {
  let ticketId: string;
  let position: string;
  beforeAll(async () => {
    ticketId = await openedTicket(client, { occurredAt: ago(600) });
    for (const name of ['start', 'hold', 'start', 'note', 'resolve', 'reopen', 'resolve', 'close'] as const) {
      position = (await done(client, ticketId, name)).headers.get('Position')!;
    }
  });

  it('gives the fields of the contract, the location and the links', async () => {
    const { headers, body } = await client.get<TicketBody>(`/v1/tickets/${ticketId}`);
    expect(Object.keys(body).sort()).toEqual(
      [
        ...['ticketId', 'establishment', 'site', 'title', 'description', 'category', 'priority', 'status'],
        ...[
          'team',
          'assignee',
          'openedAt',
          'updatedAt',
          'resolvedAt',
          'resolution',
          'mergedInto',
          'revision',
        ],
        ...['location', 'links', 'reference', 'requester', 'watchers', 'attachments'],
      ].sort(),
    );
    expect(headers.get('Content-Type')).toMatch(/^application\/json; charset=utf-8$/);
    expect(headers.get('ETag')).toBe(`"${body.revision}"`);
    expect(headers.get('Position')).toBe(position);
  });

  it('gives its whole history, oldest first, without gaps', async () => {
    const items = await historyOf(client, ticketId);
    for (const item of items) {
      expect(Object.keys(item).sort()).toEqual(
        [
          ...['position', 'revision', 'type', 'occurredAt', 'claimedAt', 'recordedAt', 'actor', 'data'],
          ...['commandId', 'deviceId', 'clockSkewMs', 'sentence'],
        ].sort(),
      );
      expect(item.position).toMatch(/^[1-9]\d*$/);
      expect(item.actor).toBe('test:agent+producer+operator');
      expect(item.data).not.toHaveProperty('type');
      expect(Math.abs(Date.parse(item.recordedAt) - Date.now())).toBeLessThan(60_000);
    }
    expect(items.map(({ revision }) => revision)).toEqual(items.map((_, index) => index + 1));
    expect(items.map(({ type }) => type)).toEqual([
      ...['TicketOpened', 'WorkStarted', 'TicketPutOnHold', 'WorkStarted', 'NoteAdded', 'TicketResolved'],
      ...['TicketReopened', 'TicketResolved', 'TicketClosed'],
    ]);
    const positions = items.map((item) => BigInt(item.position));
    expect(positions).toEqual([...positions].sort((a, b) => (a < b ? -1 : 1)));
    expect((await ticketOf(client, ticketId)).updatedAt).toBe(items.at(-1)?.recordedAt);
  });

  it('does not wait at the position that a write was answered with', async () => {
    const started = Date.now();
    for (const path of ['', '/history']) {
      const answer = await client.get(`/v1/tickets/${ticketId}${path}?minPosition=${position}`);
      expect(answer.status).toBe(200);
    }
    expect((await client.get(`/v1/tickets/${ticketId}?minPosition=0`)).status).toBe(200);
    expect(Date.now() - started).toBeLessThan(2_000);
  });

  it('or the figures at the position of a write includes that write', async () => {
    const before = await opened();
    const answer = await open({ establishment: 'ICM', occurredAt: '2026-04-01T12:00:00Z' });
    expect(await opened(answer.headers.get('Position')!)).toBe(before + 1);
  });
  const opened = async (minPosition = '0'): Promise<number> => {
    const path = `/v1/billets-quotidiens/2026-04-01?establishment=ICM&minPosition=${minPosition}`;
    return (await client.get<{ total: { opened: number } }>(path)).body.total.opened;
  };

  it('gives the content of each command in its history', async () => {
    const otherTicketId = await openedTicket(client);
    const described = await openedTicket(client, { description: 'Détails' });
    await done(client, described, 'hold', { reason: 'change', note: 'CHG-17' });
    await done(client, described, 'note', { body: 'Texte', internal: true });
    await command(client, described, 'link', { to: otherTicketId, relation: 'parent' });
    await done(client, described, 'merge', { into: otherTicketId });
    const [openedEvent, held, noted, linked, merged] = await historyOf(client, described);
    expect(openedEvent?.data).toMatchObject({ title: 'Ordonnance introuvable', description: 'Détails' });
    expect(held?.data).toEqual({ reason: 'change', note: 'CHG-17' });
    expect(noted?.data).toEqual({ body: 'Texte', internal: true });
    expect(linked?.data).toEqual({ to: otherTicketId, relation: 'parent' });
    expect(merged?.data).toMatchObject({ into: otherTicketId });
  });
});
