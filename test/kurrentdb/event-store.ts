import { eventStoreContract } from '../contract/event-store.contract.js';
import { kurrentServerEngine } from '../contract/event-store/kurrentdb-engine.js';

eventStoreContract('the event store in the KurrentDB at KURRENTDB_URL', () =>
  kurrentServerEngine(process.env.KURRENTDB_URL ?? ''),
);
