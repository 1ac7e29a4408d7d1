import { expect } from '@jest/globals';
import type { Client } from '../api/client.js';
import { done, openedTicket } from '../api/contract.js';
import type { TestDatabase } from '../database/database.js';

/** Words that nothing but a ticket's texts holds, one for each place where a text can be written. */
export const plantedWords = {
  title: 'Pamplemousse',
  description: 'Topinambour',
  location: 'Rutabaga',
  requester: 'Courgette',
  requesterContact: 'Panais',
  note: 'Cornichon',
  internalNote: 'Salsifis',
  holdNote: 'Artichaut',
  resolutionNote: 'Aubergine',
  reopening: 'Citrouille',
  cancelling: 'Betterave',
} as const;

export const allPlanted: readonly string[] = Object.values(plantedWords);

/** A ticket into which each word was written, by a command of its own; gives its id. */
export const plantWords = async (client: Client): Promise<string> => {
  const words = plantedWords;
  const id = await openedTicket(client, {
    title: `${words.title} en panne`,
    description: words.description,
    location: words.location,
    requester: { name: `Dre ${words.requester}`, contact: `poste de ${words.requesterContact}` },
  });
  await done(client, id, 'note', { body: words.note });
  await done(client, id, 'note', { body: words.internalNote, internal: true });
  await done(client, id, 'hold', { reason: 'vendor', note: words.holdNote });
  await done(client, id, 'resolve', { resolution: { code: 'fixed', note: words.resolutionNote } });
  await done(client, id, 'reopen', { reason: words.reopening });
  await done(client, id, 'cancel', { reason: words.cancelling });
  return id;
};

/** Which of the words some text holds, whatever their case. */
export const foundIn = (text: string, words: readonly string[] = allPlanted): string[] => {
  const folded = text.toLowerCase();
  return words.filter((word) => folded.includes(word.toLowerCase()));
};

/** The schemas in which texts may stand in plain, and which backups leave out: as patterns of `pg_dump --exclude-schema` say it. */
const plainSchemas = `nspname = 'desk' OR nspname LIKE 'desk\\_%'`;

/** The schemas with tables, apart from PostgreSQL's own: those with texts in plain, and the others. */
export const schemasOf = async (database: TestDatabase): Promise<{ plain: string[]; others: string[] }> => {
  const rows = await database.query<{ name: string; plain: boolean }>(
    `SELECT nspname AS name, ${plainSchemas} AS plain FROM pg_namespace
      WHERE nspname <> 'information_schema' AND nspname NOT LIKE 'pg\\_%'`,
  );
  const named = (plain: boolean) => rows.flatMap((row) => (row.plain === plain ? [row.name] : []));
  return { plain: named(true), others: named(false) };
};

/** Every row of every table of these schemas, as text. */
export const dumpOf = async (database: TestDatabase, schemas: readonly string[]): Promise<string> => {
  const tables = await database.query<{ name: string }>(
    `SELECT format('%I.%I', table_schema, table_name) AS name FROM information_schema.tables
      WHERE table_schema = ANY ($1) AND table_type = 'BASE TABLE'`,
    [schemas],
  );
  expect(tables.length).toBeGreaterThan(0);
  const dumps = await Promise.all(
    tables.map(({ name }) =>
      database.query<{ rows: string | null }>(`SELECT string_agg(t::text, E'\n') AS rows FROM ${name} AS t`),
    ),
  );
  return dumps.map(([dump]) => dump?.rows ?? '').join('\n');
};
