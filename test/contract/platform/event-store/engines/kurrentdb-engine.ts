import { KurrentEventStore } from '../../../../../src/platform/event-store/kurrentdb/kurrent-event-store.js';
import {
  KurrentDbDouble,
  type DoubleOptions,
} from '../../../../support/kurrentdb-double/kurrentdb-double.js';
import type { Engine, FragileEngine } from './engine.js';

/** The double, on a port of its own. */
export const kurrentDoubleEngine = async (options?: DoubleOptions): Promise<FragileEngine> => {
  const double = await KurrentDbDouble.start(options);
  // What a server writes for itself is among our events.
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

/** A server of yours. What the tests write stays in it. */
export const kurrentServerEngine = (url: string): Promise<Engine> =>
  Promise.resolve({
    connect: (options) => KurrentEventStore.connect(url, { ...options, setting: 'KURRENTDB_URL' }),
    stop: () => Promise.resolve(),
  });
