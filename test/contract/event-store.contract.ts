import { afterEach, describe, jest } from '@jest/globals';
import { appendsContract } from './event-store/appends.contract.js';
import { brokenSubscriptionsContract } from './event-store/broken-subscriptions.contract.js';
import type { Engine, FragileEngine } from './event-store/engine.js';
import { lostAnswersContract } from './event-store/lost-answers.contract.js';
import { stopReaders } from './event-store/reader.js';
import { readsContract } from './event-store/reads.contract.js';
import { restoreContract } from './event-store/restore.contract.js';
import { subscriptionsContract } from './event-store/subscriptions.contract.js';

/** What every event store promises (src/platform/event-store/event-store.ts), held against one engine over real connections. */
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

/** What it promises when connections break, where the test can break them. */
export const eventStoreFaultsContract = (name: string, start: () => Promise<FragileEngine>): void => {
  describe(`${name}, when things break`, () => {
    afterEach(stopReaders);
    describe('appends', () => lostAnswersContract(start));
    describe('subscriptions', () => brokenSubscriptionsContract(start));
  });
};
