import { eventStoreContract, eventStoreFaultsContract } from './event-store.contract.js';
import { kurrentDoubleEngine } from './engines/kurrentdb-engine.js';
import { postgresEngine } from './engines/postgres-engine.js';

eventStoreContract('the event store in PostgreSQL', postgresEngine);
eventStoreFaultsContract('the event store in PostgreSQL', postgresEngine);
eventStoreContract('the event store in KurrentDB', kurrentDoubleEngine);
eventStoreFaultsContract('the event store in KurrentDB', kurrentDoubleEngine);
