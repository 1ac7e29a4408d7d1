import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { readSettings } from '../../../src/config/settings.js';
import { ConfidentialEventStore, openKeys } from '../../../src/keys/core.js';
import type { EventStore } from '../../../src/platform/event-store/event-store.js';
import { createDatabase, type TestDatabase } from '../../support/database/database.js';
import { testKeys } from '../../support/keys/keys.js';
import { newPrefix } from '../platform/event-store/engines/engine.js';
import { postgresEngine } from '../platform/event-store/engines/postgres-engine.js';

type Engine = Awaited<ReturnType<typeof postgresEngine>>;
interface Process {
  store: EventStore;
  destroy: (id: string) => Promise<unknown>;
}

const prefix = newPrefix();
const fields = { streamPrefix: prefix, data: { Opened: ['title'] }, metadata: ['hash'] };
const readers = 8;

let engine: Engine;
let keysDatabase: TestDatabase;
let here: Process;
let elsewhere: Process;
const closing: (() => Promise<unknown>)[] = [];

/** Another process on the same log and keys. */
const start = async (): Promise<Process> => {
  const settings = { ...readSettings({}), keys: testKeys({ KEYS_DATABASE_URL: keysDatabase.url }) };
  const { keys, close } = await openKeys(settings, { record: () => undefined });
  const store = new ConfidentialEventStore(await engine.connect(), keys, fields);
  closing.push(() => store.close().finally(close));
  return { store, destroy: (id) => keys.destroy([id]) };
};

beforeAll(async () => {
  [engine, keysDatabase] = await Promise.all([postgresEngine(), createDatabase()]);
  [here, elsewhere] = [await start(), await start()];
});
afterAll(async () => {
  for (const close of closing) await close();
  await engine.stop();
  await keysDatabase.drop();
});

const appendTo = async ({ store }: Process, id: string, title: string, revision = 0): Promise<void> => {
  const event = { type: 'Opened', data: { title }, metadata: { hash: title } };
  const events = [{ ...event, id: crypto.randomUUID() }];
  await store.append({ stream: prefix + id, expectedRevision: revision, events });
};

/** What several who ask within one tick are given. */
const readAtOnce = ({ store }: Process, id: string) =>
  Promise.all(Array.from({ length: readers }, () => store.readStream(prefix + id)));

const titlesOf = (pages: Awaited<ReturnType<typeof readAtOnce>>) => [
  ...new Set(pages.map((page) => page.map(({ data }) => data.title).join())),
];

describe('those who read a stream at once', () => {
  it('are given events that were made readable once for all of them', async () => {
    await appendTo(here, 'a', 'Souris');
    const events = (await readAtOnce(here, 'a')).flat();
    expect(events).toHaveLength(readers);
    expect(new Set(events).size).toBe(1);
    expect(events[0]!.data.title).toBe('Souris');
  });

  it('are so, too, where the key has to be found first', async () => {
    await appendTo(here, 'b', 'Clavier');
    const events = (await readAtOnce(elsewhere, 'b')).flat();
    expect(new Set(events).size).toBe(1);
    expect(events[0]!.data.title).toBe('Clavier');
  });

  it('see what another process has written meanwhile', async () => {
    await appendTo(here, 'c', 'Écran');
    await readAtOnce(here, 'c');
    await appendTo(elsewhere, 'c', 'Écran noir', 1);
    expect(titlesOf(await readAtOnce(here, 'c'))).toEqual(['Écran,Écran noir']);
  });

  it('see nothing of it once the key is destroyed', async () => {
    await appendTo(here, 'd', 'Ordonnance');
    expect(titlesOf(await readAtOnce(here, 'd'))).toEqual(['Ordonnance']);
    await here.destroy('d');
    expect(titlesOf(await readAtOnce(here, 'd'))).toEqual(['']);
    const [events] = await readAtOnce(here, 'd');
    expect(events![0]!.metadata).toMatchObject({ hash: '', erased: true });
  });
});
