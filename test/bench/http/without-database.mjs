// The product's HTTP, tokens, validation, commands and decider on a log that accepts everything at once and keeps nothing: this
// measures what is left when the database costs no time. Prints the URL that it serves.
import { randomUUID } from 'node:crypto';
import { NestFactory } from '@nestjs/core';
import { dist } from '../support/built.mjs';

const [{ AppModule }, { AccessAlerts, AccessLog, AccessRecorder, Identity, TokenVerifier }] =
  await Promise.all([dist('boot/app.module.js'), dist('access/index.js')]);
const [{ readSettings }, { loadEstablishments }] = await Promise.all([
  dist('config/settings.js'),
  dist('establishments/load-establishments.js'),
]);
const [{ EventStore }, { createHttpAdapter }, { Connections }, { defaultTimeLimits }] = await Promise.all([
  dist('platform/event-store/event-store.js'),
  dist('platform/http/create-http.js'),
  dist('platform/http/connections/connections.js'),
  dist('platform/http/connections/time-limits.js'),
]);
const [{ Metrics }, { createLogger }, { Projections }, { projections: projectionTypes }] = await Promise.all([
  dist('platform/observability/metrics.js'),
  dist('platform/observability/logger.js'),
  dist('platform/projections/projections.js'),
  dist('boot/registry.js'),
]);

const [{ SecurityLog }, { Jobs }, { instant }] = await Promise.all([
  dist('platform/observability/security-log.js'),
  dist('platform/jobs/jobs.js'),
  dist('shared/instant.js'),
]);

/**
 * @import { INestApplication } from '@nestjs/common'
 * @import { Append, RecordedEvent } from '../../../src/platform/event-store/event-store.js'
 * @import { Resources } from '../../../src/boot/app.module.js'
 */

/** An event store that accepts every append at once, and keeps nothing. */
class DiscardingStore extends EventStore {
  countsPositions = true;
  #position = 0n;
  /** @param {Append} append */
  append({ expectedRevision, events }) {
    this.#position += BigInt(events.length);
    return Promise.resolve({
      ...{ revision: expectedRevision + events.length, position: this.#position, duplicate: false },
      recordedAt: instant(Date.now()),
    });
  }
  /** @param {readonly Append[]} appends */
  appendMany(appends) {
    return Promise.allSettled(appends.map((append) => this.append(append)));
  }
  readStream() {
    return Promise.resolve(/** @type {RecordedEvent[]} */ ([]));
  }

  async *subscribe() {
    await Promise.resolve();
    yield* [];
  }
  restore() {
    return Promise.resolve();
  }
  identity = () => Promise.resolve(randomUUID());
  lastPosition = () => Promise.resolve(this.#position);
  recordedAfter = () => Promise.resolve(undefined);
  markAt = () => Promise.resolve('');
  chainHash = () => Promise.resolve(undefined);
  close = () => Promise.resolve();
}

/**
 * A stand-in with only the members that are used here.
 * @template Resource
 * @param {object} members
 * @returns {Resource}
 */
const standIn = (members) => /** @type {Resource} */ (members);

const settings = readSettings(process.env);
const logger = createLogger({ logLevel: 'error' });
const store = new DiscardingStore();
// Merges and reads need these; neither is measured here.
/** @type {Resources['pool']} */
const pool = standIn({});
/** @type {Resources['database']} */
const database = standIn({});
const projections = new Projections(projectionTypes, { store, pool, logger, lead: false });
const metrics = new Metrics(store, projections, {
  read: () => Promise.reject(new Error('there is no database')),
});
const connections = new Connections(defaultTimeLimits);
// What is read is noted as ever, and written nowhere.
const accessLog = new AccessLog({ write: () => Promise.resolve(), logger });
const accesses = new AccessRecorder({
  ...{ log: accessLog, alerts: new AccessAlerts(settings.accessAlerts), security: new SecurityLog(logger) },
  ...{ metrics, isOn: true },
});
/** @type {INestApplication} */
const app = await NestFactory.create(
  AppModule.with({
    ...{ settings, logger, store, projections, metrics, jobs: new Jobs(), pool, database, connections },
    ...{ health: standIn({}), sessions: standIn({}), signIn: standIn({}), wallScreens: standIn({}) },
    ...{ accessLog, accesses },
    keys: undefined,
    establishments: loadEstablishments(settings.establishmentsFile, settings.reportingTimeZone),
    tokens: await TokenVerifier.create(settings),
  }),
  createHttpAdapter({
    ...{ logger, metrics, connections },
    onAnswer: (request, reply, answer) => accesses.note(request, reply, answer),
    trustedProxies: undefined,
    ...{ rateLimit: 0, limits: settings.limits, managementTokens: [], isSecure: false },
    ...{ identify: (request) => app.get(Identity).beforeBody(request) },
  }),
  { logger: false, bodyParser: false, abortOnError: false },
);
await app.init();
await app.getHttpAdapter().getInstance().listen({ port: 0, host: '127.0.0.1' });
process.stdout.write(`http://127.0.0.1:${app.getHttpServer().address().port}\n`);
process.once('SIGTERM', () => process.exit());
