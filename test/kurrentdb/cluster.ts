import { afterEach, describe, it, jest } from '@jest/globals';
import operations from '@kurrent/kurrentdb-client/generated/kurrentdb/protocols/v1/operations_grpc_pb.js';
import shared from '@kurrent/kurrentdb-client/generated/kurrentdb/protocols/v1/shared_pb.js';
import { connectionSettings } from '../../src/platform/event-store/kurrentdb/connection/connection-settings.js';
import { findLeader } from '../../src/platform/event-store/kurrentdb/connection/leader-discovery.js';
import { KurrentEventStore } from '../../src/platform/event-store/kurrentdb/kurrent-event-store.js';
import { NodeSession } from '../../src/platform/event-store/kurrentdb/transport/node-session.js';
import { clusterContract } from '../contract/platform/event-store/contract/cluster.contract.js';
import { Desks } from '../contract/platform/event-store/engines/desks.js';
import { newPrefix } from '../contract/platform/event-store/engines/engine.js';
import { stopReaders } from '../contract/platform/event-store/engines/reader.js';

// The faults that a test can make on real nodes. A node that gave up leading may end itself, to cut off what was never replicated: it
// needs somebody who starts it again.

jest.setTimeout(300_000);

const url = process.env.KURRENTDB_URL ?? '';
const settings = connectionSettings(url, 'KURRENTDB_URL');

const connect = () => KurrentEventStore.connect(url, { setting: 'KURRENTDB_URL' });

const resign = async (): Promise<void> => {
  const session = new NodeSession(await findLeader(settings, {}), settings.session);
  try {
    await session.request(operations.OperationsService.resignNode, new shared.Empty(), {
      deadlineMs: 10_000,
    });
  } finally {
    session.destroy();
  }
};

describe('the cluster at KURRENTDB_URL', () => {
  afterEach(stopReaders);
  if (settings.discovery === 'direct') {
    it('is one node, on which desks write and somebody reads with nothing lost or twice', async () => {
      const store = await connect();
      const desks = new Desks(store, newPrefix(), await store.lastPosition());
      await desks.goOn();
      await desks.verify();
      await store.close();
    });
  } else {
    clusterContract(() =>
      Promise.resolve({
        ...{ connect, resign },
        stop: () => Promise.resolve(),
      }),
    );
  }
});
