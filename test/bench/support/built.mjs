/**
 * The modules of the built product that benchmarks use, each with the types of its source.
 * @typedef {{
 *   'access/index.js': typeof import('../../../src/access/index.js'),
 *   'billets-quotidiens/queries/read-backlog.js': typeof import('../../../src/billets-quotidiens/queries/read-backlog.js'),
 *   'billets-quotidiens/queries/read-daily-figures.js': typeof import('../../../src/billets-quotidiens/queries/read-daily-figures.js'),
 *   'billets-quotidiens/queries/read-figure-items.js': typeof import('../../../src/billets-quotidiens/queries/read-figure-items.js'),
 *   'billets-quotidiens/queries/read-late-events.js': typeof import('../../../src/billets-quotidiens/queries/read-late-events.js'),
 *   'boot/app.module.js': typeof import('../../../src/boot/app.module.js'),
 *   'boot/registry.js': typeof import('../../../src/boot/registry.js'),
 *   'cli/terminal/stop-signals.js': typeof import('../../../src/cli/terminal/stop-signals.js'),
 *   'config/settings.js': typeof import('../../../src/config/settings.js'),
 *   'establishments/begun-days.js': typeof import('../../../src/establishments/begun-days.js'),
 *   'establishments/load-establishments.js': typeof import('../../../src/establishments/load-establishments.js'),
 *   'platform/database/database.js': typeof import('../../../src/platform/database/database.js'),
 *   'platform/database/embedded/embedded-postgres.js': typeof import('../../../src/platform/database/embedded/embedded-postgres.js'),
 *   'platform/event-store/event-store.js': typeof import('../../../src/platform/event-store/event-store.js'),
 *   'platform/event-store/kurrentdb/kurrent-event-store.js': typeof import('../../../src/platform/event-store/kurrentdb/kurrent-event-store.js'),
 *   'platform/event-store/postgres/migrations.js': typeof import('../../../src/platform/event-store/postgres/migrations.js'),
 *   'platform/event-store/postgres/postgres-event-store.js': typeof import('../../../src/platform/event-store/postgres/postgres-event-store.js'),
 *   'platform/http/connections/connections.js': typeof import('../../../src/platform/http/connections/connections.js'),
 *   'platform/http/connections/time-limits.js': typeof import('../../../src/platform/http/connections/time-limits.js'),
 *   'platform/http/create-http.js': typeof import('../../../src/platform/http/create-http.js'),
 *   'platform/jobs/jobs.js': typeof import('../../../src/platform/jobs/jobs.js'),
 *   'platform/observability/logger.js': typeof import('../../../src/platform/observability/logger.js'),
 *   'platform/observability/metrics.js': typeof import('../../../src/platform/observability/metrics.js'),
 *   'platform/observability/security-log.js': typeof import('../../../src/platform/observability/security-log.js'),
 *   'platform/projections/projections.js': typeof import('../../../src/platform/projections/projections.js'),
 *   'shared/clock.js': typeof import('../../../src/shared/clock.js'),
 *   'shared/instant.js': typeof import('../../../src/shared/instant.js'),
 * }} BuiltModules
 */

const folder = new URL(process.env.DIST ? `file://${process.env.DIST}/` : '../../../dist/', import.meta.url);

/**
 * Imports a module of the built product from dist/, or from the build in the folder that DIST names.
 * @template {keyof BuiltModules} Path
 * @param {Path} path
 * @returns {Promise<BuiltModules[Path]>}
 */
export const dist = (path) => import(new URL(path, folder).href);

export const { startEmbeddedPostgres } = await dist('platform/database/embedded/embedded-postgres.js');
export const { openDatabase } = await dist('platform/database/database.js');
export const { PostgresEventStore } = await dist('platform/event-store/postgres/postgres-event-store.js');
export const { eventStoreMigrations } = await dist('platform/event-store/postgres/migrations.js');

// Ctrl-C ends the run, and its PostgreSQL with it.
const { onStopSignal } = await dist('cli/terminal/stop-signals.js');
onStopSignal(() => process.exit(130));
