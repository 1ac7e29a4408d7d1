import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import type { MigrationInterface, QueryRunner } from 'typeorm';
import { StartRefused } from '../../../src/config/start-refused.js';
import { openDatabase } from '../../../src/platform/database/database.js';
import { createExtensions } from '../../../src/platform/database/suitability/extensions.js';
import { Client, clientOf } from '../../support/api/client.js';
import {
  done,
  expectProblem,
  openedTicket,
  pointersOf,
  type TicketBody,
} from '../../support/api/contract.js';
import { createDatabase } from '../../support/database/database.js';
import { startHostedServer, type HostedServer } from '../../support/server/hosted-server.js';
import { tokenOf } from '../../support/access/tokens.js';

interface Found {
  items: TicketBody[];
  nextCursor: string | null;
  counts?: Record<string, number>;
  highlights: { ticketId: string; title: string; text: string }[];
}

let server: HostedServer;
let client: Client;
/** Of two establishments alone: the third has tickets with some of the same words, since a word of one ticket is similar to nothing. */
let colleague: Client;
let printer: string;
let prescriptions: string;
let english: string;
beforeAll(async () => {
  server = await startHostedServer();
  client = await clientOf(server);
  printer = await openedTicket(client, {
    title: 'Imprimante hors ligne à l’étage',
    description: 'Bac n° 2 <script>alert(1)</script> & «papier»',
  });
  prescriptions = await openedTicket(client, {
    title: 'Système très lent',
    description: 'Ordonnances introuvables',
  });
  english = await openedTicket(client, {
    title: 'Screens freezing',
    establishment: 'MCQ',
    description: 'Printing hangs',
  });
  colleague = new Client(server.url, await tokenOf('agent', ['NIM', 'MCQ']));
  await openedTicket(client, { title: 'Imprimante', description: 'Ordonnances', establishment: 'BSL' });
  await done(client, printer, 'note', { body: 'Toner remplacé par la technicienne' });
  await done(client, printer, 'note', { body: 'Garantie échue, ne pas dire', internal: true });
});
afterAll(() => server.close());

const now = async (): Promise<string> =>
  (await client.post<{ position: string }>('/v1/sync', { deviceId: 'now', commands: [] })).body.position;

const search = async (q: string, more = '', by: Client = client): Promise<Found> => {
  const { status, body } = await by.get<Found>(
    `/v1/tickets?minPosition=${await now()}&q=${encodeURIComponent(q)}${more}`,
  );
  expect([q, status]).toEqual([q, 200]);
  return body;
};
const idsOf = ({ items }: Found): string[] => items.map(({ ticketId }) => ticketId);

describe('searching tickets', () => {
  it.each([
    ['imprimante', 'a word of the title'],
    ['IMPRIMANTE', 'in capitals'],
    ['etage', 'without its accent'],
    ['imprim', 'the beginning of a word'],
    ['imprimente', 'with a typing error'],
    ['inprimante ligne', 'with another typing error, and a second word'],
    ['imprimantes', 'in the plural'],
    ['papier', 'a word of the description'],
    ['toner technicienne', 'words of a note'],
    ['l’imprimante de l’étage', 'with stop words'],
    ['alert', 'a word between HTML tags'],
    ['script', 'a word that is an HTML tag'],
    ['garantie', 'a word of an internal note'],
    ['imprimante garantie', 'words of the title and of an internal note'],
  ])('finds «%s»: %s', async (q) => {
    expect(idsOf(await search(q, '', colleague))).toEqual([printer]);
  });

  it.each([
    ['systeme', 'fr'],
    ['SYSTEMES lents', 'fr'],
    ['ordonnance', 'fr'],
    ['ordonance', 'fr'],
    ['freeze', 'en'],
    ['printed', 'en'],
  ])('finds other forms of a word: %s (%s)', async (q, language) => {
    expect(idsOf(await search(q, '', colleague))).toEqual([language === 'fr' ? prescriptions : english]);
  });

  it.each([
    ["'"],
    ['!!!'],
    ['& | !'],
    [':*'],
    ['zzzqqq'],
    ["zzz' | 'qqq"],
    ['\\'],
    ['<->'],
    ['imprimante zzzqqq'],
  ])('finds nothing for %s, and does not fail', async (q) => {
    expect(idsOf(await search(q))).toEqual([]);
  });

  it('highlights what was found, in escaped HTML', async () => {
    const { highlights } = await search('imprimante papier');
    expect(highlights).toEqual([
      {
        ticketId: printer,
        title: '<mark>Imprimante</mark> hors ligne à l’étage',
        text: expect.stringContaining('<mark>papier</mark>'),
      },
    ]);
    expect(highlights[0]!.text).toContain('&lt;script&gt;');
    expect(highlights[0]!.text.replaceAll(/<\/?mark>/g, '')).not.toMatch(/[<>]/);
  });

  it('finds internal notes for agents, and neither finds nor shows them for mobile teams', async () => {
    const team = new Client(server.url, await tokenOf('mobile-team', ['NIM']));
    expect(idsOf(await search('garantie', '', team))).toEqual([]);
    const { highlights } = await search('imprimante', '', team);
    expect(JSON.stringify(highlights)).not.toContain('Garantie');
    expect((await search('garantie')).highlights[0]!.text).toContain('<mark>Garantie</mark>');
  });

  it('finds only tickets of the caller’s establishments that match the other filters', async () => {
    const agent = new Client(server.url, await tokenOf('agent', ['NIM']));
    expect(idsOf(await search('freezing', '', agent))).toEqual([]);
    expect(idsOf(await search('freezing', '&establishment=MCQ'))).toEqual([english]);
    expect(idsOf(await search('freezing', '&status=resolved'))).toEqual([]);
  });

  it('shows the best matches first, page by page, and counts all matches', async () => {
    const word = `mot${randomUUID().replaceAll('-', '')}`;
    const inNote = await openedTicket(client);
    await done(client, inNote, 'note', { body: `Vu ${word}` });
    const inText = await openedTicket(client, { description: `Vu ${word}` });
    const inTitle = await openedTicket(client, { title: `Vu ${word}` });
    const shown: string[] = [];
    for (let cursor: string | null = ''; cursor !== null;) {
      const page: Found = await search(word, `&limit=1&counts=true${cursor && `&cursor=${cursor}`}`);
      expect(page.counts).toMatchObject({ open: 3, resolved: 0 });
      shown.push(...idsOf(page));
      cursor = page.nextCursor;
    }
    expect(shown).toEqual([inTitle, inText, inNote]);
    expect(idsOf(await search(word, '&sort=-updated'))).toEqual([inTitle, inText, inNote]);
    expect(idsOf(await search(word, '&sort=updated'))).toEqual([inNote, inText, inTitle]);
  });

  it('finds notes that were added in a later batch', async () => {
    const word = `tard${randomUUID().replaceAll('-', '')}`;
    const ticketId = await openedTicket(client);
    await done(client, ticketId, 'resolve', { resolution: { code: 'fixed', note: `${word} un` } });
    expect(idsOf(await search(word))).toEqual([ticketId]);
    await done(client, ticketId, 'note', { body: 'deuxième' });
    expect(idsOf(await search(`${word} deuxieme`))).toEqual([ticketId]);
  });

  it('indexes notes beyond the size limit of one tsvector', async () => {
    const ticketId = await openedTicket(client);
    const word = `fin${randomUUID().replaceAll('-', '')}`;
    const many = (from: number) => Array.from({ length: 1_400 }, (_, at) => `m${from + at}x`).join(' ');
    const notes = Array.from({ length: 60 }, (_, at) => many(at * 1_400)).concat(word);
    const commands = notes.map((body) => ({ commandId: randomUUID(), type: 'note', ticketId, body }));
    expect((await client.post('/v1/sync', { deviceId: 'd', commands })).status).toBe(200);
    expect(idsOf(await search(word))).toEqual([ticketId]);
  });

  it('finds a word that PostgreSQL splits into a number and the letters after it', async () => {
    const ticketId = await openedTicket(client, { title: 'Pièce 12e3abc commandée' });
    for (const sort of ['relevance', 'age', 'updated']) {
      expect(idsOf(await search('12e3abc', `&sort=${sort}`))).toEqual([ticketId]);
    }
  });

  it('refuses to sort by relevance without a query, and an empty query', async () => {
    for (const [query, pointer] of [
      ['sort=relevance', '?sort'],
      ['q=', '?q'],
      ['q=%00', '?q'],
    ]) {
      const problem = expectProblem(await client.get(`/v1/tickets?${query}`), 400, 'malformed');
      expect(pointersOf(problem)).toEqual([pointer]);
    }
  });
});

describe('a database whose extensions can’t be created', () => {
  it('keeps the server from starting, with the statements to run', async () => {
    const database = await createDatabase();
    class NeedsMore1 implements MigrationInterface {
      name = 'NeedsMore1795300000999';
      up = (runner: QueryRunner) => createExtensions(runner, ['pg_trgm', 'no_such_extension']);
      down = () => Promise.resolve();
    }
    const options = { url: database.url, migrations: [NeedsMore1] };
    try {
      const opening = openDatabase(options);
      await expect(opening).rejects.toThrow(StartRefused);
      await expect(opening).rejects.toThrow(
        /^DATABASE_URL: [^\n]*no_such_extension[^\n]*CREATE EXTENSION IF NOT EXISTS pg_trgm;[^\n]*$/,
      );
    } finally {
      await database.drop();
    }
  });
});
