import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type Server } from '../../src/boot/server.js';
import { tokenOf } from '../support/access/tokens.js';
import { Client, clientOf } from '../support/api/client.js';
import { done, historyOf, openedTicket, ticketOf } from '../support/api/contract.js';
import { startDebianPostgres, type DebianPostgres } from '../support/database/debian-postgres.mjs';
import { readFigures } from '../support/figures/figures.js';
import { wordsIn } from '../support/keys/full-scan.js';
import { testKeys } from '../support/keys/keys.js';
import { allPlanted, plantedWords, plantWords } from '../support/keys/planted-words.js';
import { startServerOn } from '../support/server/server.js';

/** The options of the backup's command, as the documentation has it, without the name of the database. */
const documentedOptions = (): string[] => {
  const page = readFileSync(join(import.meta.dirname, '../../docs/confidential-texts.md'), 'utf8');
  const [, options = ''] = /^pg_dump (.+) --format=custom billets > billets\.dump$/m.exec(page) ?? [];
  return options.split(' ').map((option) => option.replaceAll("'", ''));
};

let postgres: DebianPostgres;
let billets: string;
let keys: string;
let server: Server;
let client: Client;
let ticketId: string;
let keptId: string;

const serverOn = (databaseUrl: string): Promise<Server> =>
  startServerOn({ url: databaseUrl }, { keys: testKeys({ KEYS_DATABASE_URL: keys }) });

const dumpOf = (url: string, options: readonly string[] = []): Promise<string> =>
  postgres.run('pg_dump', [...options, url]);

const figuresAt = (reader: Client, minPosition: string) => {
  const [from, to] = [Date.now() - 86_400_000, Date.now()].map((at) =>
    new Date(at).toISOString().slice(0, 10),
  );
  return readFigures(reader, { from: from!, to: to!, minPosition });
};

beforeAll(async () => {
  postgres = await startDebianPostgres();
  [billets, keys] = await Promise.all([postgres.createDatabase('billets'), postgres.createDatabase('keys')]);
  server = await serverOn(billets);
  client = await clientOf(server);
  ticketId = await plantWords(client);
  keptId = await openedTicket(client, { title: 'Chaussette' });
  await done(client, keptId, 'note', { body: 'Chaussette et tricot' });
  const { position } = (await historyOf(client, keptId)).at(-1)!;
  await client.get(`/v1/tickets?minPosition=${position}`);
});
afterAll(async () => {
  await server.close();
  await postgres.stop();
});

describe('a backup by pg_dump', () => {
  it('of the log alone holds no word of the tickets, and neither does the documented one of everything', async () => {
    expect(documentedOptions().length).toBeGreaterThan(1);
    for (const options of [['--schema=event_store'], documentedOptions()]) {
      const dump = await dumpOf(billets, options);
      expect(dump).toContain(ticketId);
      expect(wordsIn(dump, allPlanted)).toEqual([]);
    }
    // One that leaves nothing out has them: so the words would be seen.
    expect(wordsIn(await dumpOf(billets), allPlanted)).toEqual(
      expect.arrayContaining([plantedWords.title, plantedWords.note]),
    );
  });

  it('is restored with the same figures, texts and searches', async () => {
    const { position } = (await historyOf(client, keptId)).at(-1)!;
    const file = join(postgres.folder, 'billets.dump');
    const restored = await postgres.createDatabase('restored');
    await postgres.run('pg_dump', [...documentedOptions(), '--format=custom', `--file=${file}`, billets]);
    await postgres.run('pg_restore', [`--dbname=${restored}`, '--exit-on-error', file]);
    const second = await serverOn(restored);
    try {
      const reader = await clientOf(second);
      const figures = await figuresAt(client, position);
      expect(Object.values(figures.days).reduce((sum, { total }) => sum + total.opened, 0)).toBe(2);
      expect(await figuresAt(reader, position)).toEqual(figures);
      expect((await ticketOf(reader, ticketId)).title).toContain(plantedWords.title);
      const found = await reader.get<{ items: { ticketId: string }[] }>(
        `/v1/tickets?q=${plantedWords.note}&minPosition=${position}`,
      );
      expect(found.body.items.map((item) => item.ticketId)).toEqual([ticketId]);
    } finally {
      await second.close();
    }
  });

  it('of every database whole holds none of the words once they are erased, and those of other tickets', async () => {
    const operator = new Client(server.url, await tokenOf('operator', []));
    const erased = await operator.post<{ emptied: boolean }>(`/v1/admin/tickets/${ticketId}/erase`, {
      ...{ reason: 'Demande de la personne', basis: 'Loi 25, art. 28' },
    });
    expect([erased.status, erased.body.emptied]).toEqual([200, true]);
    const dumps = (await Promise.all([dumpOf(billets), dumpOf(keys)])).join('\n');
    expect(dumps).toContain(ticketId);
    expect(wordsIn(dumps, [...allPlanted, 'Chaussette'])).toEqual(['Chaussette']);
  });
});
