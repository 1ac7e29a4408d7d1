import { openDB, type DBSchema, type IDBPDatabase } from 'idb';
import type { Entry, MatchedAnswers } from '../queue/queue.js';
import { afterCommand, isWorthKeeping, type DeviceTicket } from '../queue/ticket.js';
import type { ChangesReply, Reference } from './answers.js';

/** A person who has signed in on this tablet. */
export interface Person {
  person: string;
  /** Establishment codes, or `all`. */
  establishments: string[] | 'all';
  /** The cursor of the next pull of changes. */
  cursor?: string;
  reference?: Reference;
  /** When everything was last sent and fetched, by this tablet's clock. */
  syncedAt?: string;
  /** How many milliseconds this tablet's clock was ahead of the server's at the last exchange. */
  clockSkewMs?: number;
  habits?: Habits;
}

/** The last choices of a person, offered for the next ticket. */
export interface Habits {
  establishment?: string;
  site?: string;
  team?: string;
  priority?: string;
  /** The last chosen locations and categories, newest first. */
  locations: string[];
  categories: string[];
}

interface Device {
  deviceId: string;
  /** The person whose tickets are shown: the one who was signed in at the last answer of the server. */
  current?: string;
}

/** The unsaved values of a form, by field name. */
export type Draft = Record<string, string>;

interface Schema extends DBSchema {
  device: { key: 'device'; value: Device };
  people: { key: string; value: Person };
  tickets: { key: [string, string]; value: DeviceTicket & { person: string }; indexes: { person: string } };
  queue: { key: number; value: Entry; indexes: { commandId: string } };
  drafts: { key: [string, string]; value: Draft };
}

export type NewEntry = Omit<Entry, 'seq'>;

/** The IndexedDB database of this tablet, shared by all tabs. Each method is one transaction. */
export class Store {
  private constructor(private readonly database: IDBPDatabase<Schema>) {}

  static async open(newId: () => string): Promise<Store> {
    const database = await openDB<Schema>('equipe', 1, {
      upgrade(fresh) {
        void fresh.createObjectStore('device').put({ deviceId: newId() }, 'device');
        fresh.createObjectStore('people', { keyPath: 'person' });
        fresh
          .createObjectStore('tickets', { keyPath: ['person', 'ticketId'] })
          .createIndex('person', 'person');
        fresh
          .createObjectStore('queue', { keyPath: 'seq', autoIncrement: true })
          .createIndex('commandId', 'command.commandId', { unique: true });
        fresh.createObjectStore('drafts');
      },
    });
    return new Store(database);
  }

  device(): Promise<Device> {
    return present(this.database.get('device', 'device'));
  }

  async current(): Promise<Person | undefined> {
    const { current } = await this.device();
    return current === undefined ? undefined : this.person(current);
  }

  /** The stored data of a person; undefined for someone who has never signed in here. */
  person(name: string): Promise<Person | undefined> {
    return this.database.get('people', name);
  }

  /** Sets the person whose tickets are shown from now on; undefined for nobody. */
  async show(person: string | undefined, establishments: string[] | 'all' = []): Promise<void> {
    const change = this.database.transaction(['device', 'people'], 'readwrite');
    const device = change.objectStore('device');
    const { deviceId } = await present(device.get('device'));
    await device.put({ deviceId, ...(person === undefined ? {} : { current: person }) }, 'device');
    if (person !== undefined) {
      const known = await change.objectStore('people').get(person);
      await change.objectStore('people').put({ ...known, person, establishments });
    }
    await change.done;
  }

  /** The queue entries of all people: those of others wait here until they sign in again. */
  queue(): Promise<Entry[]> {
    return this.database.getAll('queue');
  }

  tickets(person: string): Promise<DeviceTicket[]> {
    return this.database.getAllFromIndex('tickets', 'person', person);
  }

  /** Adds an entry, which is stored durably once this resolves. A command id that is already queued changes nothing. */
  async add(entry: NewEntry): Promise<void> {
    const change = this.database.transaction('queue', 'readwrite', { durability: 'strict' });
    if ((await change.store.index('commandId').getKey(entry.command.commandId)) === undefined) {
      // IndexedDB generates `seq`, so the entry does not have it yet.
      await change.store.add(entry as Entry);
    }
    await change.done;
  }

  /** Replaces a refused entry by its corrected version, unless it is gone or another tab has corrected it meanwhile. */
  async mend(seq: number, mended: (entry: Entry, nextSeq: number) => Entry): Promise<void> {
    const change = this.database.transaction('queue', 'readwrite', { durability: 'strict' });
    const entry = await change.store.get(seq);
    if (entry?.refusal) {
      const last = await change.store.openKeyCursor(null, 'prev');
      await change.store.delete(seq);
      await change.store.put(mended(entry, (last?.key ?? seq) + 1));
    }
    await change.done;
  }

  async giveUp(entries: readonly Entry[]): Promise<void> {
    const change = this.database.transaction('queue', 'readwrite');
    for (const { seq } of entries) await change.store.delete(seq);
    await change.done;
  }

  /** Applies an answer: accepted entries leave the queue and change their tickets; refused ones keep the reason. */
  async settle(person: string, outcomeOf: (queue: Entry[]) => MatchedAnswers): Promise<MatchedAnswers> {
    const change = this.database.transaction(['queue', 'tickets'], 'readwrite', { durability: 'strict' });
    const [queue, tickets] = [change.objectStore('queue'), change.objectStore('tickets')];
    const outcome = outcomeOf(await queue.getAll());
    for (const { entry, revision } of outcome.accepted) {
      await queue.delete(entry.seq);
      const before = await tickets.get([person, entry.command.ticketId]);
      const ticket = afterCommand(before, entry);
      if (ticket) await tickets.put({ ...ticket, person, revision: revision ?? ticket.revision });
    }
    for (const entry of outcome.refused) await queue.put(entry);
    await change.done;
    return outcome;
  }

  /** Stores one page of changes. */
  async takeIn(person: string, changes: ChangesReply, now: number): Promise<void> {
    const change = this.database.transaction(['people', 'tickets'], 'readwrite');
    const [people, tickets] = [change.objectStore('people'), change.objectStore('tickets')];
    const held = changes.full ? await tickets.index('person').getAllKeys(person) : [];
    for (const key of held) await tickets.delete(key);
    for (const ticket of changes.items) {
      if (isWorthKeeping(ticket, now)) await tickets.put({ ...ticket, person });
      else await tickets.delete([person, ticket.ticketId]);
    }
    for (const { ticketId } of changes.tombstones) await tickets.delete([person, ticketId]);
    const known = await people.get(person);
    if (known) {
      const { reference = known.reference, cursor } = changes;
      await people.put({ ...known, cursor, ...(reference ? { reference } : {}) });
    }
    await change.done;
  }

  /** Changes the stored data of a person; does nothing for someone who has never signed in here. */
  async note(person: string, changed: (known: Person) => Person): Promise<void> {
    const change = this.database.transaction('people', 'readwrite');
    const known = await change.store.get(person);
    if (known) await change.store.put(changed(known));
    await change.done;
  }

  /** Deletes tickets that ended more than a week ago. */
  async tidy(person: string, now: number): Promise<void> {
    const change = this.database.transaction('tickets', 'readwrite');
    for (const ticket of await change.store.index('person').getAll(person)) {
      if (!isWorthKeeping(ticket, now)) await change.store.delete([person, ticket.ticketId]);
    }
    await change.done;
  }

  /** Deletes a person's tickets and drafts, which others at this tablet may not read; their queue stays until it is sent. */
  async forget(person: string): Promise<void> {
    const change = this.database.transaction(['tickets', 'people', 'drafts'], 'readwrite');
    const tickets = change.objectStore('tickets');
    for (const key of await tickets.index('person').getAllKeys(person)) await tickets.delete(key);
    const drafts = change.objectStore('drafts');
    for (const key of await drafts.getAllKeys()) if (key[0] === person) await drafts.delete(key);
    const known = await change.objectStore('people').get(person);
    if (known) {
      const { cursor: _cursor, ...rest } = known;
      await change.objectStore('people').put(rest);
    }
    await change.done;
  }

  async draft(person: string, form: string): Promise<Draft> {
    return (await this.database.get('drafts', [person, form])) ?? {};
  }

  async keepDraft(person: string, form: string, draft: Draft | undefined): Promise<void> {
    if (draft) await this.database.put('drafts', draft, [person, form]);
    else await this.database.delete('drafts', [person, form]);
  }
}

const present = async (found: Promise<Device | undefined>): Promise<Device> => {
  const device = await found;
  if (!device) throw new Error('it is made with the database');
  return device;
};
