import type { Entry } from '../queue/queue.js';
import type { DeviceTicket } from '../queue/ticket.js';
import type { DeviceDatabase, SealedEntry, SealedTicket } from './database.js';
import type { Draft, Person } from './person.js';
import { Locked, type PersonSealer } from './person-sealer.js';

interface QueueChange {
  /** Entries by their `seq`. */
  gone: readonly number[];
  put: readonly Entry[];
  /** Tickets of the same person, changed in the same transaction. */
  tickets?: readonly DeviceTicket[];
}

type Unsaved = Omit<Entry, 'seq'>;

/** The rows of whoever is signed in, sealed and unsealed. While the tablet is locked nothing is found, and nothing can be written. */
export class SealedRows {
  /** Unsealed tickets by where they stand, with the nonces they were sealed with: most are as they were the last time. */
  private readonly read = new Map<string, { nonce: string; ticket: DeviceTicket }>();

  constructor(
    private readonly database: DeviceDatabase,
    private readonly sealer: PersonSealer,
  ) {}

  /** Lets go of what was unsealed. */
  forgetRead(): void {
    this.read.clear();
  }

  async person(person: string): Promise<Person | undefined> {
    const row = await this.database.get('people', person);
    return row && this.sealer.unseal<Person>(['people', person], row.sealed);
  }

  async putPerson(known: Person): Promise<void> {
    const { person } = known;
    await this.database.put('people', { person, sealed: await this.sealer.seal(['people', person], known) });
  }

  async draft(person: string, form: string): Promise<Draft | undefined> {
    const sealed = await this.database.get('drafts', [person, form]);
    return sealed && this.sealer.unseal<Draft>(['drafts', person, form], sealed);
  }

  async putDraft(person: string, form: string, draft: Draft | undefined): Promise<void> {
    if (!draft) await this.database.delete('drafts', [person, form]);
    else
      await this.database.put('drafts', await this.sealer.seal(['drafts', person, form], draft), [
        person,
        form,
      ]);
  }

  async deleteDrafts(person: string): Promise<void> {
    const change = this.database.transaction('drafts', 'readwrite');
    for (const key of await change.store.getAllKeys()) if (key[0] === person) await change.store.delete(key);
    await change.done;
  }

  async tickets(person: string): Promise<DeviceTicket[]> {
    const rows = await this.database.getAllFromIndex('tickets', 'person', person);
    const tickets = await Promise.all(rows.map((row) => this.ticket(row)));
    return tickets.filter((ticket) => ticket !== undefined);
  }

  /** In one transaction: deletes the tickets that are gone, then puts others. */
  async putTickets(
    person: string,
    { gone, put }: { gone: readonly string[] | 'all'; put: readonly DeviceTicket[] },
  ): Promise<void> {
    const rows = await Promise.all(put.map((ticket) => this.ticketRow(person, ticket)));
    const change = this.database.transaction('tickets', 'readwrite');
    const keys: readonly (readonly [string, string])[] =
      gone === 'all'
        ? await change.store.index('person').getAllKeys(person)
        : gone.map((ticketId) => [person, ticketId] as const);
    for (const [owner, ticketId] of keys) await change.store.delete([owner, ticketId]);
    for (const row of rows) await change.store.put(row);
    await change.done;
  }

  async queue(): Promise<Entry[]> {
    const person = await this.sealer.person();
    const rows = (await this.database.getAll('queue')).filter((row) => row.person === person);
    const entries = await Promise.all(rows.map((row) => this.entry(row)));
    return entries.filter((entry) => entry !== undefined);
  }

  async addEntry(entry: Unsaved): Promise<void> {
    const row = await this.entryRow(entry);
    const change = this.database.transaction('queue', 'readwrite', { durability: 'strict' });
    if ((await change.store.index('commandId').getKey(row.commandId)) === undefined) {
      // IndexedDB generates `seq`, so the row does not have it yet.
      await change.store.add(row as SealedEntry);
    }
    await change.done;
  }

  async changeQueue({ gone, put, tickets = [] }: QueueChange): Promise<void> {
    const entryRows = await Promise.all(
      put.map(async ({ seq, ...entry }) => ({ seq, ...(await this.entryRow(entry)) })),
    );
    const owner = tickets.length > 0 ? await this.owner() : '';
    const ticketRows = await Promise.all(tickets.map((ticket) => this.ticketRow(owner, ticket)));
    const change = this.database.transaction(['queue', 'tickets'], 'readwrite', { durability: 'strict' });
    for (const seq of gone) await change.objectStore('queue').delete(seq);
    for (const row of entryRows) await change.objectStore('queue').put(row);
    for (const row of ticketRows) await change.objectStore('tickets').put(row);
    await change.done;
  }

  private async entryRow(entry: Unsaved): Promise<Omit<SealedEntry, 'seq'>> {
    const { person, command } = entry;
    const { commandId } = command;
    return { person, commandId, sealed: await this.sealer.seal(['queue', person, commandId], entry) };
  }

  private async entry({ seq, person, commandId, sealed }: SealedEntry): Promise<Entry | undefined> {
    const entry = await this.sealer.unseal<Unsaved>(['queue', person, commandId], sealed);
    return entry && { ...entry, seq };
  }

  private async ticketRow(person: string, ticket: DeviceTicket): Promise<SealedTicket> {
    const { ticketId } = ticket;
    return { person, ticketId, sealed: await this.sealer.seal(['tickets', person, ticketId], ticket) };
  }

  private async ticket({ person, ticketId, sealed }: SealedTicket): Promise<DeviceTicket | undefined> {
    const [place, nonce] = [`${person} ${ticketId}`, sealed.nonce.join()];
    const known = this.read.get(place);
    if (known?.nonce === nonce) return known.ticket;
    const ticket = await this.sealer.unseal<DeviceTicket>(['tickets', person, ticketId], sealed);
    if (ticket) this.read.set(place, { nonce, ticket });
    return ticket;
  }

  private async owner(): Promise<string> {
    const person = await this.sealer.person();
    if (person === undefined) throw new Locked();
    return person;
  }
}
