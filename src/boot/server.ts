import { randomBytes } from 'node:crypto';
import { isIPv6 } from 'node:net';
import { resolve } from 'node:path';
import { readFileSync } from 'node:fs';
import { NestFactory } from '@nestjs/core';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { SwaggerModule } from '@nestjs/swagger';
import type { Logger } from 'pino';
import {
  developmentProvider,
  developmentProviderHandler,
  developmentProviderPath,
  Seal,
  Sessions,
  SignIn,
  type IdentityProvider,
  TokenVerifier,
} from '../access/index.js';
import { AppModule, type Resources } from './app.module.js';
import type { Settings } from '../config/settings.js';
import { StartRefused } from '../config/start-refused.js';
import { loadEstablishments } from '../establishments/index.js';
import { entitySource } from '../platform/database/data-source.js';
import { openDatabase } from '../platform/database/database.js';
import { startEmbeddedPostgres } from '../platform/database/embedded/embedded-postgres.js';
import { asStartRefused } from '../platform/database/suitability/suitability.js';
import { openEventStore } from '../platform/event-store/open-event-store.js';
import { Connections } from '../platform/http/connections/connections.js';
import { createHttpAdapter } from '../platform/http/create-http.js';
import { openApiDocument } from '../platform/http/openapi.js';
import { ClockWatch } from '../platform/observability/clock-watch.js';
import { defaultTimeLimits, type TimeLimits } from '../platform/http/connections/time-limits.js';
import { Health } from '../platform/observability/health.js';
import { Metrics } from '../platform/observability/metrics.js';
import { createLogger, NestLogger } from '../platform/observability/logger.js';
import { claimReadModels } from '../platform/projections/log-identity/claim-read-models.js';
import { Projections } from '../platform/projections/projections.js';
import { ProjectionsThread } from './projections-thread.js';
import { entities, migrations, projections as projectionTypes } from './registry.js';

export interface Server {
  /** Where it serves, e.g. `http://localhost:3000`. */
  url: string;
  app: NestFastifyApplication;
  /** Finishes the requests at hand, then stops everything that was started, the embedded database last. May be called again. */
  close(): Promise<void>;
}

type Close = () => Promise<unknown>;

const { version } = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8')) as {
  version: string;
};

/** Where projections are led, if they are: a thread runs what is built, so that a server from the sources does it itself. */
type ProjectionsIn = 'thread' | 'process';

/** Starts everything a process needs, and serves. Throws StartRefused with one line that says what to do. */
export const startServer = async (
  settings: Settings,
  projectionsIn: ProjectionsIn = 'process',
  timeLimits: Partial<TimeLimits> = {},
): Promise<Server> => {
  const connections = new Connections({ ...defaultTimeLimits, ...timeLimits });
  const logger = createLogger(settings.logLevel);
  const opened: Close[] = [];
  let closed: Promise<void> | undefined;
  const closeAll = async (): Promise<void> => {
    const failures: unknown[] = [];
    // One that fails must not keep the database from being stopped.
    for (const closeOne of opened.splice(0).reverse())
      await closeOne().catch((error: unknown) => failures.push(error));
    if (failures.length > 0) throw failures[0] as Error;
  };
  const close = (): Promise<void> => (closed ??= closeAll());
  try {
    const address: Address = { url: settings.publicUrl ?? '' };
    const { resources, startProjections } = await openResources(
      { settings, projectionsIn, logger, address },
      opened,
    );
    const app = await createApp(resources, connections);
    if (!settings.oidc)
      app.use(
        developmentProviderPath,
        developmentProviderHandler(() => address.url),
      );
    opened.push(() => closeApp(app, connections));
    const url = await listen(app, settings);
    address.url ||= url;
    startProjections();
    logger.debug({ url, version }, 'serving');
    return { url, app, close };
  } catch (error) {
    await close().catch(() => undefined);
    throw error;
  }
};

/** Where people reach us: as it is set, else where it serves, which is known once it does. */
interface Address {
  url: string;
}

interface Starting {
  settings: Settings;
  projectionsIn: ProjectionsIn;
  logger: Logger;
  address: Address;
}

const openResources = async (
  { settings, projectionsIn, logger, address }: Starting,
  opened: Close[],
): Promise<{ resources: Resources; startProjections: () => void }> => {
  const establishments = loadEstablishments(settings.establishmentsFile, settings.reportingTimeZone);
  const tokens = await TokenVerifier.create(settings);
  const url = settings.databaseUrl ?? (await embeddedDatabase(settings, logger, opened));
  const pool = await openDatabase({ url, migrations });
  opened.push(() => pool.end());
  const database = await refusedInWords(entitySource(url, entities).initialize());
  opened.push(() => database.destroy());
  const store = await openEventStore(settings.eventStoreUrl, pool);
  opened.push(() => store.close());
  const { moved } = await refusedInWords(claimReadModels(pool, store));
  if (moved) {
    logger.warn(
      'the database is elsewhere than when it was used last (restored, promoted or copied): live changes are resumed anew by those who were told of the log before',
    );
  }
  const leads = settings.roles.has('projections');
  const inThread = leads && projectionsIn === 'thread';
  const projections = new Projections(projectionTypes, {
    ...{ store, pool, logger },
    lead: leads && !inThread,
  });
  opened.push(() => projections.stop());
  await refusedInWords(projections.prepare());
  const clocks = new ClockWatch(pool, logger);
  opened.push(() => {
    clocks.stop();
    return Promise.resolve();
  });
  clocks.start();
  const { eventStoreUrl, logLevel } = settings;
  const thread = new ProjectionsThread({ databaseUrl: url, eventStoreUrl, logLevel }, projections, logger);
  opened.push(() => thread.stop());
  const startProjections = () => {
    projections.start();
    if (inThread) thread.start();
  };
  const resources: Resources = {
    ...{ settings, logger, establishments, tokens, pool, database, store, projections },
    metrics: new Metrics(store, projections, clocks),
    health: new Health(pool, store, projections, settings.readyMaxLagSeconds, clocks),
    ...signingIn(settings, address),
  };
  return { resources, startProjections };
};

/** What PostgreSQL refuses at the start is refused in one line too. */
const refusedInWords = async <Value>(work: Promise<Value>): Promise<Value> => {
  try {
    return await work;
  } catch (error) {
    throw asStartRefused(error, 'DATABASE_URL');
  }
};

const signingIn = (settings: Settings, address: Address): Pick<Resources, 'sessions' | 'signIn'> => {
  const seal = new Seal(settings.sessionSecrets ?? [randomBytes(32).toString('hex')]);
  const secure = settings.publicUrl?.startsWith('https:') ?? false;
  const publicUrl = () => address.url;
  return {
    sessions: new Sessions(seal, secure),
    signIn: new SignIn(identityProvider(settings, publicUrl), seal, publicUrl),
  };
};

const identityProvider = (
  { oidc }: Settings,
  publicUrl: () => string,
): (() => IdentityProvider) | undefined => {
  if (!oidc) return () => developmentProvider(publicUrl());
  const { issuer, client } = oidc;
  return client && (() => ({ issuer, clientId: client.id, clientSecret: client.secret }));
};

const embeddedDatabase = async (settings: Settings, logger: Logger, opened: Close[]): Promise<string> => {
  const postgres = await startEmbeddedPostgres({
    dataDir: resolve(settings.dataDir),
    fresh: settings.freshData,
    log: (line) => logger.info(line),
  });
  opened.push(() => postgres.stop());
  return postgres.url;
};

const createApp = async (resources: Resources, connections: Connections): Promise<NestFastifyApplication> => {
  const app = await NestFactory.create<NestFastifyApplication>(
    AppModule.with(resources),
    createHttpAdapter(resources.logger, resources.metrics, connections),
    { logger: new NestLogger(resources.logger), abortOnError: false, bodyParser: false },
  );
  const document = openApiDocument(app, version);
  SwaggerModule.setup('docs', app, document, {
    jsonDocumentUrl: 'openapi.json',
    customSiteTitle: 'Billets quotidiens',
  });
  return app;
};

/** Requests at hand are finished, within their time; whoever listens to live changes is let go at once. */
const closeApp = async (app: NestFastifyApplication, connections: Connections): Promise<void> => {
  const closed = connections.letGo();
  try {
    await app.close();
  } finally {
    closed();
  }
};

const listen = async (app: NestFastifyApplication, { port, host }: Settings): Promise<string> => {
  try {
    // Nest's own listen would also log what is refused below in one line.
    await app.init();
    await app.getHttpAdapter().getInstance().listen({ port, host });
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'EADDRINUSE') {
      throw new StartRefused(
        `PORT: ${port} is taken on ${host}; stop what serves there, or choose another port`,
      );
    }
    if (code === 'EACCES')
      throw new StartRefused(`PORT: ${port} may not be used by this user; choose one above 1023`);
    if (code === 'EADDRNOTAVAIL' || code === 'ENOTFOUND') {
      throw new StartRefused(`HOST: ${host} is not an address of this machine`);
    }
    throw error;
  }
  const address = app.getHttpServer().address();
  const actualPort = typeof address === 'object' && address ? address.port : port;
  const isEverywhere = host === '127.0.0.1' || host === '0.0.0.0' || host === '::';
  const named = isEverywhere ? 'localhost' : isIPv6(host) ? `[${host}]` : host;
  return `http://${named}:${actualPort}`;
};
