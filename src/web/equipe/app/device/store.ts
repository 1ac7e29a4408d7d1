import { openDB, type DBSchema, type IDBPDatabase } from 'idb';
import type { Entry, JudgedBatch } from '../queue/queue.js';
import { afterCommand, isWorthKeeping, type DeviceTicket } from '../queue/ticket.js';
import type { ChangesReply, Reference } from './answers.js';

/** Someone who signed in on this tablet. */
export interface Person {
  person: string;
  /** Codes, or all there are. */
  establishments: string[] | 'all';
  /** Where the next pull goes on. */
  cursor?: string;
  reference?: Reference;
  /** When all was last sent and fetched, by this tablet's clock. */
  syncedAt?: string;
  /** How far this tablet's clock was ahead of the server's when last seen. */
  clockSkewMs?: number;
  habits?: Habits;
}

/** What was chosen last, for the next ticket. */
export interface Habits {
  establishment?: string;
  site?: string;
  team?: string;
  priority?: string;
  /** Newest first. */
  locations: string[];
  categories: string[];
}

interface Device {
  deviceId: string;
  /** Whose tickets are shown: who was signed in when the server was last heard. */
  current?: string;
}

/** Text that was begun and not saved, by form. */
export type Draft = Record<string, string>;

interface Schema extends DBSchema {
  device: { key: 'device'; value: Device };
  people: { key: string; value: Person };
  tickets: { key: [string, string]; value: DeviceTicket & { person: string }; indexes: { person: string } };
  queue: { key: number; value: Entry; indexes: { commandId: string } };
  drafts: { key: [string, string]; value: Draft };
}

export type NewEntry = Omit<Entry, 'seq'>;

/** What this tablet keeps, whether the page is open or not. Each method is one transaction. */
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

  /** What is known of someone who signed in here once. */
  person(name: string): Promise<Person | undefined> {
    return this.database.get('people', name);
  }

  /** Shows someone's tickets from now on; undefined: nobody's. */
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

  /** Everyone's: what others made waits here until they sign in again. */
  queue(): Promise<Entry[]> {
    return this.database.getAll('queue');
  }

  tickets(person: string): Promise<DeviceTicket[]> {
    return this.database.getAllFromIndex('tickets', 'person', person);
  }

  /** Kept for good once this resolves. The same command a second time changes nothing. */
  async add(entry: NewEntry): Promise<void> {
    const change = this.database.transaction('queue', 'readwrite', { durability: 'strict' });
    if ((await change.store.index('commandId').getKey(entry.command.commandId)) === undefined) {
      // The key is made here.
      await change.store.add(entry as Entry);
    }
    await change.done;
  }

  /** Puts a refused entry back as a person mended it, unless it is gone or was mended elsewhere meanwhile. */
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

  /** What the server took leaves the queue, and its tickets are as it left them; what it refused says why. */
  async settle(person: string, judge: (queue: Entry[]) => JudgedBatch): Promise<JudgedBatch> {
    const change = this.database.transaction(['queue', 'tickets'], 'readwrite', { durability: 'strict' });
    const [queue, tickets] = [change.objectStore('queue'), change.objectStore('tickets')];
    const outcome = judge(await queue.getAll());
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

  /** Takes in one page of what changed. */
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

  /** Changes what is known of someone; nothing where nobody by that name signed in here. */
  async note(person: string, changed: (known: Person) => Person): Promise<void> {
    const change = this.database.transaction('people', 'readwrite');
    const known = await change.store.get(person);
    if (known) await change.store.put(changed(known));
    await change.done;
  }

  /** Tickets that are over are not kept for ever. */
  async tidy(person: string, now: number): Promise<void> {
    const change = this.database.transaction('tickets', 'readwrite');
    for (const ticket of await change.store.index('person').getAll(person)) {
      if (!isWorthKeeping(ticket, now)) await change.store.delete([person, ticket.ticketId]);
    }
    await change.done;
  }

  /** Forgets someone's tickets, which others at this tablet are not to read; what they made stays until it is sent. */
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
