import { isUnavailable } from './database/failures.js';
import { EventStoreUnavailable } from './event-store/event-store.js';

/** Whether an error comes of the state of the event store, the database or the network, which may pass. */
export const isAway = (error: unknown): boolean =>
  error instanceof EventStoreUnavailable || isUnavailable(error);
