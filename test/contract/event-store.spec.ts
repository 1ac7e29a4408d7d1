import { eventStoreContract, eventStoreFaultsContract } from './event-store.contract.js';
import { kurrentDoubleEngine, kurrentServerEngine } from './event-store/kurrentdb-engine.js';
import { postgresEngine } from './event-store/postgres-engine.js';

const { KURRENTDB_URL: serverUrl } = process.env;

if (serverUrl) {
  eventStoreContract('the event store in the KurrentDB at KURRENTDB_URL', () =>
    kurrentServerEngine(serverUrl),
  );
} else {
  eventStoreContract('the event store in PostgreSQL', postgresEngine);
  eventStoreFaultsContract('the event store in PostgreSQL', postgresEngine);
  eventStoreContract('the event store in KurrentDB', kurrentDoubleEngine);
  eventStoreFaultsContract('the event store in KurrentDB', kurrentDoubleEngine);
}
