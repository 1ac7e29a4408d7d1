import { openDB, type DBSchema, type IDBPDatabase } from 'idb';
import type { Entry } from '../queue/queue.js';
import type { Draft, Person } from './person.js';

/** What versions of the tablet kept in plain. A tab of such a version may still be open, and add to it. */
interface PlainSchema extends DBSchema {
  device: { key: 'device'; value: { deviceId: string } };
  people: { key: string; value: Person };
  tickets: { key: [string, string]; value: { person: string } };
  queue: { key: number; value: Entry };
  drafts: { key: [string, string]; value: Draft };
}

/** What is moved: written durably before it is removed here. */
export interface PlainRest {
  entries: Entry[];
  drafts: { form: string; draft: Draft }[];
  known: Person | undefined;
}

/** The database of an older version. What is a person's is moved once they are signed in, since only then there is their key. */
export class OlderStore {
  private constructor(private readonly database: IDBPDatabase<PlainSchema>) {}

  /** Undefined where this browser never had one. */
  static async find(): Promise<OlderStore | undefined> {
    // Opening one that is not there would make it.
    const isThere = (await indexedDB.databases()).some(({ name }) => name === 'equipe');
    return isThere ? new OlderStore(await openDB<PlainSchema>('equipe')) : undefined;
  }

  async deviceId(): Promise<string | undefined> {
    return (await this.database.get('device', 'device'))?.deviceId;
  }

  /** Whose commands wait here, one name for each command. */
  async waiting(): Promise<string[]> {
    return (await this.database.getAll('queue')).map(({ person }) => person);
  }

  /** Has `keep` store a person's commands and drafts, then removes them, and all tickets: those are fetched again. */
  async move(person: string, keep: (rest: PlainRest) => Promise<void>): Promise<void> {
    const entries = (await this.database.getAll('queue')).filter((entry) => entry.person === person);
    const forms = (await this.database.getAllKeys('drafts')).filter(([owner]) => owner === person);
    const known = await this.database.get('people', person);
    const drafts = await Promise.all(
      forms.map(async (key) => ({ form: key[1], draft: (await this.database.get('drafts', key)) ?? {} })),
    );
    if (entries.length > 0 || drafts.length > 0 || known) await keep({ entries, drafts, known });
    const change = this.database.transaction(['queue', 'drafts', 'people', 'tickets'], 'readwrite');
    for (const { seq } of entries) await change.objectStore('queue').delete(seq);
    for (const key of forms) await change.objectStore('drafts').delete(key);
    await change.objectStore('people').clear();
    await change.objectStore('tickets').clear();
    await change.done;
  }
}
