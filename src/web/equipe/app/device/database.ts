import { openDB, type DBSchema, type IDBPDatabase } from 'idb';
import type { Sealed } from './sealing.js';

/** The key of the person who is signed in, for as long as their session goes on by what this tablet knows. */
export interface HeldKey {
  person: string;
  /** Not extractable: the database holds what lets this browser use the key, and no bytes of it. */
  key: CryptoKey;
  /** By this tablet's clock, in milliseconds since 1970, as are all times here. */
  endsAt: number;
  idleMs: number;
  /** When the tablet was last used, or heard from the server; never goes back when the clock does. */
  usedAt: number;
}

export interface SealedTicket {
  person: string;
  ticketId: string;
  sealed: Sealed;
}

export interface SealedEntry {
  seq: number;
  person: string;
  commandId: string;
  sealed: Sealed;
}

/** What people write and read is sealed. In plain are names of people, random ids, and forms by their addresses. */
export interface DeviceSchema extends DBSchema {
  device: { key: 'device'; value: { deviceId: string } };
  keys: { key: 'held'; value: HeldKey };
  people: { key: string; value: { person: string; sealed: Sealed } };
  tickets: { key: [string, string]; value: SealedTicket; indexes: { person: string } };
  queue: { key: number; value: SealedEntry; indexes: { commandId: string } };
  drafts: { key: [string, string]; value: Sealed };
}

export type DeviceDatabase = IDBPDatabase<DeviceSchema>;

/** The database of this tablet, shared by all tabs; `deviceId` is taken where it is new. */
export const openDeviceDatabase = (deviceId: string): Promise<DeviceDatabase> =>
  openDB<DeviceSchema>('equipe-sealed', 1, {
    upgrade(fresh) {
      void fresh.createObjectStore('device').put({ deviceId }, 'device');
      fresh.createObjectStore('keys');
      fresh.createObjectStore('people', { keyPath: 'person' });
      fresh.createObjectStore('tickets', { keyPath: ['person', 'ticketId'] }).createIndex('person', 'person');
      fresh
        .createObjectStore('queue', { keyPath: 'seq', autoIncrement: true })
        .createIndex('commandId', 'commandId', { unique: true });
      fresh.createObjectStore('drafts');
    },
  });
