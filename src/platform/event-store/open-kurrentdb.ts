import type { EventStore } from './event-store.js';
import type { KurrentOptions } from './kurrentdb/kurrent-event-store.js';

/** KurrentEventStore.connect, loaded on demand: the messages take 0.5 s and 20 MB to load (measured), which only its users should pay. */
export const openKurrentDb = async (url: string, options?: KurrentOptions): Promise<EventStore> => {
  const { KurrentEventStore } = await import('./kurrentdb/kurrent-event-store.js');
  return KurrentEventStore.connect(url, options);
};
