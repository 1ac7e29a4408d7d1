import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, describe, it, jest } from '@jest/globals';
import { EventStoreUnavailable, type EventStore } from '../../../../src/platform/event-store/event-store.js';
import { KurrentEventStore } from '../../../../src/platform/event-store/kurrentdb/kurrent-event-store.js';
import { ClusterDouble } from '../../../support/kurrentdb-double/cluster-double.js';
import { clusterContract } from './contract/cluster.contract.js';
import { Desks } from './engines/desks.js';
import { events, outcome } from './engines/engine.js';
import { stopReaders } from './engines/reader.js';

// What happens to the nodes of a cluster, while desks write and somebody reads.

jest.setTimeout(300_000);

describe('a cluster of three', () => {
  clusterContract(async () => {
    const nodes = await ClusterDouble.start();
    return {
      connect: () => KurrentEventStore.connect(nodes.url, { idleMs: 200 }),
      async resign() {
        const old = nodes.leader;
        nodes.resign();
        // While nobody leads, nothing can be written.
        await sleep(50);
        nodes.elect(nodes.nodes.find((node) => node !== old)!);
      },
      stop: () => nodes.stop(),
    };
  });
});

describe('while desks write and somebody reads,', () => {
  let cluster: ClusterDouble;
  let store: EventStore;
  let desks: Desks;

  beforeEach(async () => {
    cluster = await ClusterDouble.start();
    store = await KurrentEventStore.connect(cluster.url, { idleMs: 200 });
    desks = new Desks(store, 'desk-', 0n);
    await desks.goOn();
  });
  afterEach(async () => {
    await stopReaders();
    await store.close();
    await cluster.stop();
  });

  /** Resolves once an append was refused, so that the fault has been met. */
  const untilRefused = async (): Promise<void> => {
    for (let n = 1; ; n += 1) {
      const append = { stream: `probe-${n}`, expectedRevision: 0, events: events(1) };
      if ((await outcome(store.append(append))) instanceof EventStoreUnavailable) return;
    }
  };

  describe('a cluster of three goes on writing and reading, with nothing lost or twice,', () => {
    it('when its leader is killed and another is elected', async () => {
      await cluster.kill(cluster.leader);
      await untilRefused();
      cluster.elect(cluster.followers[0]!);
      await desks.goOn();
      await desks.verify();
    });

    it('when its leader is frozen, while it is, and when it wakes as a follower', async () => {
      const frozen = cluster.leader;
      frozen.door.freeze();
      await untilRefused();
      cluster.elect(cluster.followers[0]!);
      await desks.goOn();
      frozen.door.thaw();
      await desks.goOn();
      await desks.verify();
    });

    it('when its leader is demoted, and sends everyone to the new one', async () => {
      for (const next of [...cluster.followers, cluster.leader]) {
        cluster.elect(next);
        await desks.goOn();
      }
      await desks.verify();
    });

    it('when all its nodes are away for longer than any search for a leader, and come back', async () => {
      const [first, ...others] = cluster.nodes;
      cluster.resign();
      for (const node of cluster.nodes) await cluster.kill(node);
      for (let refused = 0; refused < 20; refused += 1) await untilRefused();
      for (const node of cluster.nodes) await cluster.restart(node);
      for (let refused = 0; refused < 5; refused += 1) await untilRefused();
      cluster.elect(others[0] ?? first!);
      await desks.goOn();
      await desks.verify();
    });

    it('when the last node alive was a follower, and the majority comes back', async () => {
      const [last, ...others] = cluster.followers;
      const away = [cluster.leader, ...others];
      cluster.resign();
      for (const node of away) await cluster.kill(node);
      await untilRefused();
      for (const node of away) await cluster.restart(node);
      cluster.elect(last!);
      await desks.goOn();
      await desks.verify();
    });

    it('when nodes are asked for their version and say nothing', async () => {
      for (const node of cluster.nodes) node.faults.featuresKept = true;
      cluster.leader.door.drop();
      await untilRefused();
      for (const node of cluster.nodes) node.faults.featuresKept = false;
      await desks.goOn();
      await desks.verify();
    });

    it('when it answers a read or a subscription with an exception of its handler', async () => {
      for (const node of cluster.nodes) node.faults.handlerThrows();
      await desks.goOn();
      await desks.verify();
    });
  });

  describe('a leader', () => {
    it('is left when it answers pings and nothing else', async () => {
      const [hung, next] = [cluster.leader, cluster.followers[0]!];
      await desks.verify();
      await store.close();
      store = await KurrentEventStore.connect(cluster.url, { idleMs: 200, appendDeadlineMs: 300 });
      hung.faults.silent = true;
      await untilRefused();
      cluster.elect(next);
      desks = new Desks(store, 'later-', 0n);
      await desks.goOn();
      await desks.verify();
    });
  });
});
