import { KurrentEventStore } from '../../../../../src/platform/event-store/kurrentdb/kurrent-event-store.js';
import {
  KurrentDbDouble,
  type DoubleOptions,
} from '../../../../support/kurrentdb-double/kurrentdb-double.js';
import type { Engine, FragileEngine } from './engine.js';

/** A KurrentDB double (a server in this process that speaks its protocol) on a free port. */
export const kurrentDoubleEngine = async (options?: DoubleOptions): Promise<FragileEngine> => {
  const double = await KurrentDbDouble.start(options);
  // A real server writes statistics into the same log: system events come between ours.
  const stats = setInterval(() => double.log.appendSystemEvents(3), 25);
  return {
    door: double.door,
    connect: (given) => KurrentEventStore.connect(double.url, { ...given, idleMs: 200 }),
    endConnections() {
      double.endCalls();
      return Promise.resolve();
    },
    connectDirectly: () => KurrentEventStore.connect(double.urlBehindTheDoor),
    async stop() {
      clearInterval(stats);
      await double.stop();
    },
  };
};

/** A real KurrentDB server at this URL. The events that the tests write stay in it. */
export const kurrentServerEngine = (url: string): Promise<Engine> =>
  Promise.resolve({
    connect: (options) => KurrentEventStore.connect(url, { ...options, setting: 'KURRENTDB_URL' }),
    stop: () => Promise.resolve(),
  });
