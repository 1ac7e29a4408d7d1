/** A module of the built product, as dist/ holds it; DIST names another build of it. */
const folder = new URL(process.env.DIST ? `file://${process.env.DIST}/` : '../../dist/', import.meta.url);
export const dist = (path) => import(new URL(path, folder).href);

export const { startEmbeddedPostgres } = await dist('platform/database/embedded/embedded-postgres.js');
export const { openDatabase } = await dist('platform/database/database.js');
export const { PostgresEventStore } = await dist('platform/event-store/postgres/postgres-event-store.js');
export const { eventStoreMigrations } = await dist('platform/event-store/postgres/migrations.js');

// Ctrl-C ends the run, and its PostgreSQL with it.
const { onStopSignal } = await dist('cli/terminal/stop-signals.js');
onStopSignal(() => process.exit(130));
