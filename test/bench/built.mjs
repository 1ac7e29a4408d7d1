/** A module of the built product, as dist/ holds it; DIST names another build of it. */
const dist = new URL(process.env.DIST ? `file://${process.env.DIST}/` : '../../dist/', import.meta.url);
const built = (path) => import(new URL(path, dist).href);

export const { startEmbeddedPostgres } = await built('platform/database/embedded/embedded-postgres.js');
export const { databaseOptions, openDatabase, poolOf } = await built('platform/database/database.js');
export const { PostgresEventStore } = await built('platform/event-store/postgres/postgres-event-store.js');
export const { eventStoreMigrations } = await built('platform/event-store/postgres/migrations.js');
