import { afterEach, beforeEach, it } from '@jest/globals';
import type { EventStore } from '../../../../../src/platform/event-store/event-store.js';
import { Desks } from '../engines/desks.js';
import { newPrefix } from '../engines/engine.js';

export interface ClusterEngine {
  connect(): Promise<EventStore>;
  /** Makes the leader give up leading; another node is elected. */
  resign(): Promise<void>;
  stop(): Promise<void>;
}

/** What a cluster does in any test, the double and real nodes alike: its leader resigns while desks write and somebody reads. */
export const clusterContract = (start: () => Promise<ClusterEngine>): void => {
  let engine: ClusterEngine;
  let store: EventStore;

  beforeEach(async () => {
    engine = await start();
    store = await engine.connect();
  });
  afterEach(async () => {
    await store.close();
    await engine.stop();
  });

  it('goes on writing and reading when its leader resigns, again and again, with nothing lost or twice', async () => {
    const desks = new Desks(store, newPrefix(), await store.lastPosition());
    for (let round = 0; round < 3; round += 1) {
      await desks.goOn();
      await engine.resign();
    }
    await desks.goOn();
    await desks.verify();
  });
};
