import { afterAll, describe, expect, it } from '@jest/globals';
import { Client, clientOf } from '../../support/api/client.js';
import { expectProblem, historyOf, opening, ticketOf, type TicketBody } from '../../support/api/contract.js';
import { fingerprintsOf } from '../../support/fingerprints.js';
import { KurrentDbDouble } from '../../support/kurrentdb-double/kurrentdb-double.js';
import { allPlanted, dumpOf, foundIn, plantedWords, plantWords } from '../../support/keys/planted-words.js';
import { sampleLines } from '../../support/figures/sample-week.js';
import { startHostedServer, type HostedServer } from '../../support/server/hosted-server.js';

const undo: (() => Promise<unknown>)[] = [];
afterAll(async () => {
  for (const step of undo.splice(0).reverse()) await step();
});

interface Bed {
  server: HostedServer;
  client: Client;
  /** Everything the log holds, as whoever has a copy of it reads it. */
  log: () => Promise<string>;
  /** How many of the sample week are sent: the double takes them one by one. */
  commands: number;
}

const batchSize = 100;

/** As a gateway does that is told to come again. */
const statusOnceTaken = async (client: Client, batch: unknown): Promise<number> => {
  for (;;) {
    const { status } = await client.post('/v1/sync', batch);
    if (status !== 503) return status;
  }
};

const onPostgres = async (): Promise<Bed> => {
  const server = await startHostedServer();
  undo.push(() => server.close());
  return {
    server,
    client: await clientOf(server),
    log: () => dumpOf(server.database, ['event_store']),
    commands: 2_000,
  };
};

const onKurrentDb = async (): Promise<Bed> => {
  const double = await KurrentDbDouble.start();
  undo.push(() => double.stop());
  const server = await startHostedServer({ eventStoreUrl: double.url });
  undo.push(() => server.close());
  const log = () =>
    Promise.resolve(
      double.log.all
        .map(
          ({ stream, data, metadata }) =>
            `${stream} ${Buffer.from(data).toString()} ${Buffer.from(metadata).toString()}`,
        )
        .join('\n'),
    );
  return { server, client: await clientOf(server), log, commands: 300 };
};

/** The texts that the commands of the sample week hold, but for those so short that anything may hold them. */
const textsOf = (lines: readonly string[]): string[] => {
  const texts = lines.flatMap((line) => {
    const { title, description, location, body, reason, note, resolution } = JSON.parse(line) as Record<
      string,
      unknown
    >;
    const ofResolution = (resolution as { note?: unknown } | undefined)?.note;
    return [title, description, location, body, reason, note, ofResolution];
  });
  const long = texts.filter((text): text is string => typeof text === 'string' && text.length >= 12);
  return [...new Set(long)];
};

describe.each([
  ['PostgreSQL', onPostgres],
  ['KurrentDB', onKurrentDb],
])('a log in %s', (_engine, make) => {
  let bed: Bed;
  let ticketId: string;

  it('holds none of the words that people wrote, and no hash of them', async () => {
    bed = await make();
    ticketId = await plantWords(bed.client);
    const log = await bed.log();
    expect(log).toContain(ticketId);
    expect(foundIn(log)).toEqual([]);
    for (const fingerprint of fingerprintsOf(log)) expect(fingerprint).toMatch(/^aes256gcm:/);
  });

  it('gives them back to whoever may read the ticket', async () => {
    const { client } = bed;
    const { title, description, location } = plantedWords;
    expect(await ticketOf(client, ticketId)).toMatchObject({
      title: `${title} en panne`,
      description,
      location,
    });
    expect(foundIn(JSON.stringify(await historyOf(client, ticketId)))).toEqual(allPlanted);
  });

  it('gives them to lists and to the search, through the read models', async () => {
    const { client } = bed;
    const position = (await historyOf(client, ticketId)).at(-1)!.position;
    const found = async (query: string) =>
      JSON.stringify((await client.get(`/v1/tickets?${query}&minPosition=${position}`)).body);
    expect(foundIn(await found('status=cancelled'))).toContain(plantedWords.title);
    expect(await found(`q=${plantedWords.note}`)).toContain(ticketId);
  });

  it('knows a repeated command, and the same id with another text', async () => {
    const { client } = bed;
    const body = opening();
    const first = await client.post<TicketBody>('/v1/tickets', body);
    const again = await client.post<TicketBody>('/v1/tickets', body);
    expect([first.status, again.status]).toEqual([201, 200]);
    expect(again.body.ticketId).toBe(first.body.ticketId);
    expectProblem(
      await client.post('/v1/tickets', { ...body, title: 'Autre chose' }),
      422,
      'command-id-reused',
    );
  });

  it('holds no text of the sample week after it was sent', async () => {
    const lines = sampleLines().slice(0, bed.commands);
    for (let at = 0; at < lines.length; at += batchSize) {
      const commands = lines.slice(at, at + batchSize).map((line) => JSON.parse(line) as unknown);
      expect(await statusOnceTaken(bed.client, { deviceId: 'week', commands })).toBe(200);
    }
    const texts = textsOf(lines);
    expect(texts.length).toBeGreaterThan(50);
    expect(foundIn(await bed.log(), texts)).toEqual([]);
  });
});
