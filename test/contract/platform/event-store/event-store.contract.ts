import { afterEach, describe, jest } from '@jest/globals';
import { appendsContract } from './contract/appends.contract.js';
import { brokenSubscriptionsContract } from './contract/broken-subscriptions.contract.js';
import type { Engine, FragileEngine } from './engines/engine.js';
import { lostAnswersContract } from './contract/lost-answers.contract.js';
import { stopReaders } from './engines/reader.js';
import { readsContract } from './contract/reads.contract.js';
import { restoreContract } from './contract/restore.contract.js';
import { subscriptionsContract } from './contract/subscriptions.contract.js';

/** The contract of every event store (src/platform/event-store/event-store.ts), tested on one engine over real connections. */
export const eventStoreContract = (name: string, start: () => Promise<Engine>): void => {
  jest.setTimeout(300_000);
  describe(name, () => {
    afterEach(stopReaders);
    describe('appends', () => appendsContract(start));
    describe('reads', () => readsContract(start));
    describe('restore', () => restoreContract(start));
    describe('subscriptions', () => subscriptionsContract(start));
  });
};

/** The contract of an event store when connections break, for engines whose connections a test can break. */
export const eventStoreFaultsContract = (name: string, start: () => Promise<FragileEngine>): void => {
  describe(`${name}, when things break`, () => {
    afterEach(stopReaders);
    describe('appends', () => lostAnswersContract(start));
    describe('subscriptions', () => brokenSubscriptionsContract(start));
  });
};
