import { sql, type Sql } from './sql.js';

/** The key of the advisory lock. Any number will do, as long as every process uses the same: it spells «bill» in ASCII. */
export const migrationLock = 0x62696c6c;
export const takeMigrationLock = (): Sql => sql`SELECT pg_advisory_lock(${migrationLock}::bigint)`;
