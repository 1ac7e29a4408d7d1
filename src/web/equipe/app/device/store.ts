import type { Entry, MatchedAnswers } from '../queue/queue.js';
import { afterCommand, isWorthKeeping, type DeviceTicket } from '../queue/ticket.js';
import type { ChangesReply, DeviceKeyAnswer, SessionAnswer } from './answers.js';
import { openDeviceDatabase, type DeviceDatabase } from './database.js';
import { KeyRing } from './key-ring.js';
import { OlderStore, type PlainRest } from './older-store.js';
import type { Draft, Person } from './person.js';
import { PersonSealer } from './person-sealer.js';
import { Photos } from './photos.js';
import { SealedRows } from './sealed-rows.js';

export type NewEntry = Omit<Entry, 'seq'>;

/**
 * What this tablet keeps, shared by all tabs, sealed by the key of whoever is signed in. Without their key nothing of a person is read,
 * and what waits to be sent stays. Nothing can be sealed within a transaction of IndexedDB, which ends by itself meanwhile, so whatever
 * reads before it writes holds a lock of all tabs; each write is one transaction.
 */
export class Store {
  private constructor(
    private readonly database: DeviceDatabase,
    private readonly keys: KeyRing,
    private readonly rows: SealedRows,
    private readonly older: OlderStore | undefined,
    readonly photos: Photos,
  ) {}

  static async open(newId: () => string): Promise<Store> {
    const older = await OlderStore.find();
    const database = await openDeviceDatabase((await older?.deviceId()) ?? newId());
    const keys = new KeyRing(database);
    const sealer = new PersonSealer(keys);
    return new Store(database, keys, new SealedRows(database, sealer), older, await Photos.open(sealer));
  }

  async device(): Promise<{ deviceId: string }> {
    const device = await this.database.get('device', 'device');
    if (!device) throw new Error('it is made with the database');
    return device;
  }

  /** The person whose tickets are shown; undefined while the tablet is locked. */
  async current(): Promise<Person | undefined> {
    const held = await this.keys.held();
    if (!held) {
      this.rows.forgetRead();
      return undefined;
    }
    return (await this.person(held.person)) ?? { person: held.person, establishments: [] };
  }

  /** Undefined for someone who has never signed in here, or is not signed in now. */
  person(name: string): Promise<Person | undefined> {
    return this.rows.person(name);
  }

  /** Whether the key of this person is held; if not, the server has to give it. */
  async isUnlockedFor(person: string): Promise<boolean> {
    return (await this.keys.held())?.person === person;
  }

  async unlock(answer: DeviceKeyAnswer): Promise<void> {
    this.rows.forgetRead();
    await this.keys.take(answer);
  }

  /** Lets the key go: nothing is read from now on, in any tab, until somebody signs in. */
  async lock(): Promise<void> {
    this.rows.forgetRead();
    await this.keys.drop();
  }

  /** Notes that the tablet is in use, from which the session's idle limit counts. */
  use(): Promise<void> {
    return this.keys.use();
  }

  /** Stores what the server says of whoever is signed in, and takes in what an older version left of theirs in plain. */
  async show(session: SessionAnswer): Promise<void> {
    const { person } = session;
    await this.exclusively(async () => {
      await this.rows.putPerson({ ...(await this.rows.person(person)), ...session });
      await this.older?.move(person, (rest) => this.takeOver(person, rest));
    });
    await this.keys.use();
  }

  /** The queue of whoever is signed in. */
  queue(): Promise<Entry[]> {
    return this.rows.queue();
  }

  /** Whose commands and photos wait here, one name for each; nothing else of them is known without their keys. */
  async waiting(): Promise<string[]> {
    const rows = await this.database.getAll('queue');
    const photos = await this.photos.waiting();
    return [...rows.map(({ person }) => person), ...photos, ...((await this.older?.waiting()) ?? [])];
  }

  /** Whether somebody has signed in here before. */
  async isKnown(): Promise<boolean> {
    return (await this.database.count('people')) > 0;
  }

  tickets(person: string): Promise<DeviceTicket[]> {
    return this.rows.tickets(person);
  }

  /** Adds an entry, which is stored durably once this resolves. A command id that is already queued changes nothing. */
  add(entry: NewEntry): Promise<void> {
    return this.exclusively(() => this.rows.addEntry(entry));
  }

  /** Replaces a refused entry by its corrected version, unless it is gone or another tab has corrected it meanwhile. */
  mend(seq: number, mended: (entry: Entry, nextSeq: number) => Entry): Promise<void> {
    return this.exclusively(async () => {
      const entry = (await this.queue()).find((each) => each.seq === seq);
      if (!entry?.refusal) return;
      const [last = seq] = (await this.database.getAllKeys('queue')).reverse();
      await this.rows.changeQueue({ gone: [seq], put: [mended(entry, last + 1)] });
    });
  }

  giveUp(entries: readonly Entry[]): Promise<void> {
    return this.exclusively(() => this.rows.changeQueue({ gone: entries.map(({ seq }) => seq), put: [] }));
  }

  /** Applies an answer: accepted entries leave the queue and change their tickets; refused ones keep the reason. */
  settle(person: string, outcomeOf: (queue: Entry[]) => MatchedAnswers): Promise<MatchedAnswers> {
    return this.exclusively(async () => {
      const outcome = outcomeOf(await this.queue());
      const tickets = new Map((await this.tickets(person)).map((ticket) => [ticket.ticketId, ticket]));
      for (const { entry, revision } of outcome.accepted) {
        const { ticketId } = entry.command;
        const ticket = afterCommand(tickets.get(ticketId), entry);
        if (ticket) tickets.set(ticketId, { ...ticket, revision: revision ?? ticket.revision });
      }
      const changed = new Set(outcome.accepted.map(({ entry }) => entry.command.ticketId));
      await this.rows.changeQueue({
        gone: outcome.accepted.map(({ entry }) => entry.seq),
        put: outcome.refused,
        tickets: [...tickets.values()].filter(({ ticketId }) => changed.has(ticketId)),
      });
      return outcome;
    });
  }

  /** Stores one page of changes. */
  takeIn(person: string, changes: ChangesReply, now: number): Promise<void> {
    return this.exclusively(async () => {
      const worth = changes.items.filter((ticket) => isWorthKeeping(ticket, now));
      const gone = [...changes.items, ...changes.tombstones].map(({ ticketId }) => ticketId);
      await this.rows.putTickets(person, { gone: changes.full ? 'all' : gone, put: worth });
      const { cursor, reference } = changes;
      await this.change(person, (known) => ({ ...known, cursor, ...(reference ? { reference } : {}) }));
    });
  }

  /** Changes the stored data of a person; does nothing for someone who is not signed in here. */
  note(person: string, changed: (known: Person) => Person): Promise<void> {
    return this.exclusively(() => this.change(person, changed));
  }

  /** Deletes tickets that ended more than a week ago. */
  tidy(person: string, now: number): Promise<void> {
    return this.exclusively(async () => {
      const over = (await this.tickets(person)).filter((ticket) => !isWorthKeeping(ticket, now));
      const gone = over.map(({ ticketId }) => ticketId);
      if (gone.length > 0) await this.rows.putTickets(person, { gone, put: [] });
    });
  }

  /** Deletes a person's tickets and drafts, and locks the tablet; their queue stays, sealed, until it is sent. */
  forget(person: string): Promise<void> {
    return this.exclusively(async () => {
      await this.rows.putTickets(person, { gone: 'all', put: [] });
      await this.rows.deleteDrafts(person);
      await this.change(person, ({ cursor: _cursor, ...rest }) => rest);
      await this.lock();
    });
  }

  async draft(person: string, form: string): Promise<Draft> {
    return (await this.rows.draft(person, form)) ?? {};
  }

  async keepDraft(person: string, form: string, draft: Draft | undefined): Promise<void> {
    await this.rows.putDraft(person, form, draft);
  }

  private async change(person: string, changed: (known: Person) => Person): Promise<void> {
    const known = await this.rows.person(person);
    if (known) await this.rows.putPerson(changed(known));
  }

  private async takeOver(person: string, { entries, drafts, known }: PlainRest): Promise<void> {
    for (const { seq: _seq, ...entry } of entries.sort((a, b) => a.seq - b.seq))
      await this.rows.addEntry(entry);
    for (const { form, draft } of drafts) await this.rows.putDraft(person, form, draft);
    const { habits } = known ?? {};
    if (habits) await this.change(person, (newer) => ({ habits, ...newer }));
  }

  /** Runs `work` while no tab of this tablet changes what is stored. */
  private exclusively<Result>(work: () => Promise<Result>): Promise<Result> {
    return navigator.locks.request('equipe-store', work);
  }
}
