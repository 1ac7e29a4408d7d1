import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { openDatabase } from '../../../../src/platform/database/database.js';
import { PostgresEventStore } from '../../../../src/platform/event-store/postgres/postgres-event-store.js';
import { encode } from '../../../../src/tickets/domain/ticket.codec.js';
import { ticketStream, type TicketEvent } from '../../../../src/tickets/domain/ticket.events.js';
import { ticketCommands } from '../../../../src/tickets/commands/index.js';
import { fingerprintOf } from '../../../../src/tickets/repository/fingerprint.js';
import { clientOf, type Client } from '../../../support/api/client.js';
import {
  ago,
  expectProblem,
  openedTicket,
  opening,
  pointersOf,
  type SyncBody,
  type TicketBody,
} from '../../../support/api/contract.js';
import { startHostedServer, type HostedServer } from '../../../support/server/hosted-server.js';

type Metadata = Parameters<typeof encode>[2];

interface Schema {
  $ref?: string;
  type?: string | string[];
  enum?: unknown[];
  const?: unknown;
  format?: string;
  pattern?: string;
  properties?: Record<string, Schema>;
  items?: Schema;
  anyOf?: Schema[];
  oneOf?: Schema[];
  'x-text'?: string;
}
interface Operation {
  parameters?: { name: string; in: string; schema: Schema }[];
  requestBody?: { content: Record<string, { schema: Schema }> };
}

let server: HostedServer;
let client: Client;
let schemas: Record<string, Schema>;
let operations: [string, Operation][];
beforeAll(async () => {
  server = await startHostedServer();
  client = await clientOf(server);
  const { body } = await client.get<{
    paths: Record<string, Record<string, Operation>>;
    components: { schemas: Record<string, Schema> };
  }>('/openapi.json');
  schemas = body.components.schemas;
  operations = Object.entries(body.paths).flatMap(([path, item]) =>
    Object.entries(item).map(([method, operation]): [string, Operation] => [`${method} ${path}`, operation]),
  );
});
afterAll(() => server.close());

const resolved = (schema: Schema): Schema =>
  schema.$ref ? schemas[schema.$ref.split('/').at(-1)!]! : schema;
const alternativesOf = (schema: Schema): Schema[] => {
  const { anyOf, oneOf } = resolved(schema);
  return (anyOf ?? oneOf)?.flatMap(alternativesOf) ?? [resolved(schema)];
};
const bodiesOf = ({ requestBody }: Operation): Schema[] =>
  Object.values(requestBody?.content ?? {}).flatMap(({ schema }) => alternativesOf(schema));

/** Every string within a schema, by its JSON pointer. */
const stringsIn = (schema: Schema, pointer = ''): [string, Schema][] =>
  alternativesOf(schema).flatMap((alternative): [string, Schema][] => [
    ...([alternative.type].flat().includes('string') ? [[pointer, alternative] as [string, Schema]] : []),
    ...Object.entries(alternative.properties ?? {}).flatMap(([name, member]) =>
      stringsIn(member, `${pointer}/${name}`),
    ),
    ...(alternative.items ? stringsIn(alternative.items, `${pointer}/0`) : []),
  ]);

/** A value that the schema accepts, except that the string at the pointer `at` is the given one. */
const sampleOf = (schema: Schema, at: string, given: string, pointer = ''): unknown => {
  const all = alternativesOf(schema);
  const chosen = all.find((some) => stringsIn(some, pointer).some(([found]) => found === at)) ?? all[0]!;
  if (pointer === at) return given;
  if (chosen.const !== undefined) return chosen.const;
  if (chosen.enum) return chosen.enum[0];
  if (chosen.properties) {
    const members = Object.entries(chosen.properties);
    return Object.fromEntries(
      members.map(([name, member]) => [name, sampleOf(member, at, given, `${pointer}/${name}`)]),
    );
  }
  if (chosen.items) return [sampleOf(chosen.items, at, given, `${pointer}/0`)];
  const values: Record<string, unknown> = { boolean: true, number: 1, integer: 1, null: null };
  const type = [chosen.type].flat()[0] ?? '';
  if (type !== 'string') return values[type];
  if (chosen.format === 'uuid') return randomUUID();
  if (chosen.format === 'date-time') return ago(60);
  return chosen.format === 'date' || chosen.pattern?.includes('{4}') ? '2026-05-15' : 'x';
};

/** Cursors are written by the server and validated by rules of their own, not by those of texts. */
const isOpaque = ([name]: [string, Schema]) => /(^|[/?])cursor$/.test(name);
const isText = ([, schema]: [string, Schema]) => schema['x-text'] !== undefined;
const isNamed = ([, schema]: [string, Schema]) =>
  Boolean(schema.enum ?? schema.const ?? schema.format ?? schema.pattern);

describe('every text that the API takes', () => {
  it('is validated by the rules of texts, in every body and query', () => {
    const strings = operations.flatMap(([name, operation]) => [
      ...bodiesOf(operation).flatMap((body) => stringsIn(body)),
      ...(operation.parameters ?? [])
        .filter((parameter) => parameter.in === 'query')
        .flatMap((parameter) => stringsIn(parameter.schema, `${name}?${parameter.name}`)),
    ]);
    const free = strings.filter((string) => !isText(string) && !isNamed(string) && !isOpaque(string));
    expect([...new Set(free.map(([pointer]) => pointer))]).toEqual([]);
    expect(strings.filter(isText).length).toBeGreaterThan(40);
  });

  it('is refused in every body where all its characters are invisible, and no other field is', async () => {
    const invisible = '\u200b\u2060\u3164';
    const found: string[] = [];
    for (const [name, operation] of operations) {
      const [method = '', path = ''] = name.split(' ');
      for (const body of bodiesOf(operation)) {
        for (const [pointer] of stringsIn(body).filter(isText)) {
          if (pointer.startsWith('/commands/')) continue;
          const address = path.replace(/\{(ticketId|id)\}/, randomUUID()).replace('{date}', '2026-05-17');
          const sent = sampleOf(body, pointer, invisible);
          const answer = await client.send(method.toUpperCase(), address, sent);
          expect([name, pointersOf(expectProblem(answer, 400, 'malformed'))]).toEqual([name, [pointer]]);
          found.push(`${name} ${pointer}`);
        }
      }
    }
    expect(found).toEqual(
      expect.arrayContaining([
        'post /v1/tickets /title',
        'post /v1/tickets/{ticketId}/resolve /resolution/note',
        'post /v1/tickets/bulk /resolution/note',
        'put /v1/bulletins/{date} /sections/faitsSaillants/0/text',
        'put /v1/bulletins/{date} /releves/0/unit',
        'post /v1/sync /deviceId',
      ]),
    );
  });
});

/** Appends an event to the log directly, as an older version of the server recorded it. */
const recorded = async (ticketId: string, event: TicketEvent, metadata: Metadata): Promise<void> => {
  const pool = await openDatabase({ url: server.database.url, migrations: [] });
  const store = new PostgresEventStore(pool);
  const stream = ticketStream(ticketId);
  const expectedRevision = (await store.readStream(stream)).length;
  await store.append({ stream, expectedRevision, events: [encode(randomUUID(), event, metadata)] });
  await store.close();
  await pool.end();
};

describe('a text with invisible characters', () => {
  const hidden = 'Fac\u202eture\u202c \u001b\ufeffdu\r\nmatin';

  it('is stored without them, and on one line where it is a name', async () => {
    const { body } = await client.post<TicketBody>(
      '/v1/tickets',
      opening({ title: hidden, description: hidden }),
    );
    expect([body.title, body.description]).toEqual(['Facture du matin', 'Facture du\nmatin']);
  });

  it('makes the same command with them and without', async () => {
    const body = opening({ title: hidden, ticketId: randomUUID() });
    expect((await client.post('/v1/tickets', body)).status).toBe(201);
    for (const title of [hidden, 'Facture du matin']) {
      expect((await client.post('/v1/tickets', { ...body, title })).status).toBe(200);
    }
    expectProblem(
      await client.post('/v1/tickets', { ...body, title: 'Facture du soir' }),
      422,
      'command-id-reused',
    );
  });

  it('may have its full length beside them', async () => {
    const title = `\u202e${'é'.repeat(200)}\u202c`;
    const { status, body } = await client.post<TicketBody>('/v1/tickets', opening({ title }));
    expect([status, body.title]).toEqual([201, 'é'.repeat(200)]);
  });

  it('makes the same command as one recorded before they were removed', async () => {
    const ticketId = await openedTicket(client);
    const commandId = randomUUID();
    const body = 'avant\r\naprès\u202e';
    const note = { commandId, ticketId, type: 'note', body, occurredAt: ago(60) };
    const { data: { occurredAt } = {} } = ticketCommands.note.body.safeParse(note);
    await recorded(
      ticketId,
      { type: 'NoteAdded', body, internal: false, occurredAt: occurredAt! },
      {
        ...{
          commandId,
          causationId: commandId,
          correlationId: commandId,
          claimedAt: occurredAt!,
          actor: 'test',
        },
        fingerprint: fingerprintOf('note', ticketId, { body, occurredAt }),
      },
    );
    const answer = await client.post<SyncBody>('/v1/sync', { deviceId: 'd', commands: [note] });
    expect(answer.body.results.map(({ status }) => status)).toEqual(['duplicate']);
  });
});
