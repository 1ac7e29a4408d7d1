import { queryAt, type TestDatabase } from '../database/database.js';

/** Removes the end of a log, as a restored backup or a failover does, and leaves the read models as they are. */
export const cutTail = async (database: TestDatabase, position: number): Promise<void> => {
  await database.query(`
    BEGIN;
    ALTER TABLE event_store.events DISABLE TRIGGER append_only;
    DELETE FROM event_store.events WHERE position > ${position};
    ALTER TABLE event_store.events ENABLE TRIGGER append_only;
    UPDATE event_store.head SET position = ${position},
           recorded_at = coalesce((SELECT max(recorded_at) FROM event_store.events), '-infinity'),
           hash = coalesce((SELECT hash FROM event_store.events ORDER BY events.position DESC LIMIT 1), decode(repeat('00', 32), 'hex'));
    COMMIT`);
};

export interface Backup {
  /** Puts the backup in the place of the database; nothing may be connected. */
  restore(): Promise<void>;
}

/** Copies the whole database as it is now; nothing may be connected to it meanwhile. */
export const backUp = async ({ url }: TestDatabase): Promise<Backup> => {
  const name = new URL(url).pathname.slice(1);
  const backup = `${name}_backup`;
  const server = process.env.TEST_DATABASE_URL!;
  await queryAt(server, `CREATE DATABASE ${backup} TEMPLATE ${name}`);
  return {
    restore: async () => {
      await queryAt(server, `DROP DATABASE ${name} WITH (FORCE)`);
      await queryAt(server, `ALTER DATABASE ${backup} RENAME TO ${name}`);
    },
  };
};
