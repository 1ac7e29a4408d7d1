import { eventStoreContract } from '../contract/platform/event-store/event-store.contract.js';
import { kurrentServerEngine } from '../contract/platform/event-store/engines/kurrentdb-engine.js';

eventStoreContract('the event store in the KurrentDB at KURRENTDB_URL', () =>
  kurrentServerEngine(process.env.KURRENTDB_URL ?? ''),
);
