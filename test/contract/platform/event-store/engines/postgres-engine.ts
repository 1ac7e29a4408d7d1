import { openDatabase } from '../../../../../src/platform/database/database.js';
import type { EventStore } from '../../../../../src/platform/event-store/event-store.js';
import { eventStoreMigrations } from '../../../../../src/platform/event-store/postgres/migrations.js';
import { PostgresEventStore } from '../../../../../src/platform/event-store/postgres/postgres-event-store.js';
import { createDatabase } from '../../../../support/database/database.js';
import { doorTo } from '../../../../support/database/database-door.js';
import type { ConnectOptions, FragileEngine } from './engine.js';

/** A new database in the server of the test run. */
export const postgresEngine = async (): Promise<FragileEngine> => {
  const database = await createDatabase();
  const { door, url } = await doorTo(database.url);
  return {
    door,
    connect: (options) => connect(url, options),
    connectDirectly: () => connect(database.url),
    async endConnections() {
      await database.query(
        'SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()',
      );
    },
    async stop() {
      await door.shut();
      await database.drop();
    },
  };
};

const connect = async (url: string, options?: ConnectOptions): Promise<EventStore> => {
  const pool = await openDatabase({ url, migrations: eventStoreMigrations });
  const store = new PostgresEventStore(pool, options);
  const close = store.close.bind(store);
  store.close = async () => {
    await close();
    await pool.end();
  };
  return store;
};
