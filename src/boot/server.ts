import { isIPv6 } from 'node:net';
import { readFileSync } from 'node:fs';
import { NestFactory } from '@nestjs/core';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { SwaggerModule } from '@nestjs/swagger';
import { developmentProviderHandler, developmentProviderPath, Identity } from '../access/index.js';
import type { Settings } from '../config/settings.js';
import { StartRefused } from '../config/start-refused.js';
import { Connections } from '../platform/http/connections/connections.js';
import { defaultTimeLimits, type TimeLimits } from '../platform/http/connections/time-limits.js';
import { createHttpAdapter } from '../platform/http/create-http.js';
import { openApiDocument } from '../platform/http/openapi.js';
import { createLogger, logConsole, NestLogger } from '../platform/observability/logger.js';
import type { Metrics, MetricValues } from '../platform/observability/metrics.js';
import type { Simulation } from '../web/index.js';
import { AppModule, type Resources } from './app.module.js';
import { Closing } from './closing.js';
import type { Prepared } from './main-database.js';
import { openResources, type Address, type ProjectionsIn } from './resources.js';
import { toDevelopmentProvider } from './workers/development-provider.js';

export type { Simulation } from '../web/index.js';

export interface Serving {
  /** Where it serves, e.g. `http://localhost:3000`. */
  url: string;
  /** Finishes the requests at hand, then stops everything that was started, the embedded database last. May be called more than once. */
  close(): Promise<void>;
}

export interface Server extends Serving {
  app: NestFastifyApplication;
  metrics: Metrics;
}

/** What few servers have. */
export interface ServerParts {
  /** The demo's. */
  simulation?: Simulation | undefined;
  /** A worker's, by the process that has started it. */
  prepared?: Prepared;
  /** The values of all processes that serve together. */
  allMetrics?: () => Promise<MetricValues[]>;
}

const { version } = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8')) as {
  version: string;
};

/**
 * Starts everything a process needs, and serves. Throws StartRefused with one line that says what to do; and Error where a simulation is
 * to write into a database that is kept.
 */
export const startServer = async (
  settings: Settings,
  projectionsIn: ProjectionsIn = 'process',
  timeLimits: Partial<TimeLimits> = {},
  { simulation, prepared, allMetrics }: ServerParts = {},
): Promise<Server> => {
  if (simulation && !settings.freshData) throw new Error('invented tickets are for data that begins empty');
  const connections = new Connections({ ...defaultTimeLimits, ...timeLimits }, settings.maxConnections);
  const logger = createLogger(settings);
  if (settings.logFile !== undefined) logConsole(logger);
  const closing = new Closing();
  const { opened } = closing;
  try {
    const address: Address = { url: settings.publicUrl ?? '' };
    const { resources, startProjections, warn } = await openResources(
      { settings, projectionsIn, connections, logger, address, prepared },
      opened,
    );
    if (allMetrics) resources.metrics.gather(allMetrics);
    const app = await createApp({ ...resources, simulation }, connections);
    if (!settings.oidc)
      app.use(
        developmentProviderPath,
        prepared?.providerPort === undefined
          ? developmentProviderHandler(() => address.url)
          : toDevelopmentProvider(prepared.providerPort),
      );
    opened.push(() => closeApp(app, connections));
    const url = await listen(app, settings);
    await listenForManagement(connections, settings);
    address.url ||= url;
    startProjections();
    warn();
    logger.debug({ url, version }, 'serving');
    return { url, app, metrics: resources.metrics, close: () => closing.close() };
  } catch (error) {
    await closing.close().catch(() => undefined);
    throw error;
  }
};

const createApp = async (resources: Resources, connections: Connections): Promise<NestFastifyApplication> => {
  let identity: Identity | undefined;
  const app: NestFastifyApplication = await NestFactory.create<NestFastifyApplication>(
    AppModule.with(resources),
    createHttpAdapter({
      ...{ logger: resources.logger, metrics: resources.metrics, connections },
      onAnswer: (request, reply, answer) => resources.accesses.note(request, reply, answer),
      rateLimit: resources.settings.rateLimit,
      trustedProxies: resources.settings.trustedProxies,
      limits: resources.settings.limits,
      managementTokens: resources.settings.managementTokens,
      identify: (request) => (identity ??= app.get<Identity>(Identity)).beforeBody(request),
      isSecure: resources.settings.publicUrl?.startsWith('https:') ?? false,
    }),
    { logger: new NestLogger(resources.logger), abortOnError: false, bodyParser: false },
  );
  // Made when it is first asked for, which is seldom: it would take a quarter of the time that a start takes.
  SwaggerModule.setup('docs', app, () => openApiDocument(app, version), {
    jsonDocumentUrl: 'openapi.json',
    customSiteTitle: 'Billets quotidiens',
  });
  return app;
};

/** Finishes the requests at hand, within their time limits; connections that listen to live changes are closed at once. */
const closeApp = async (app: NestFastifyApplication, connections: Connections): Promise<void> => {
  const closed = connections.letGo();
  try {
    await app.close();
  } finally {
    closed();
  }
};

/** For operators alone, where a port of their own is set. */
const listenForManagement = async (
  connections: Connections,
  { managementPort, host }: Settings,
): Promise<void> => {
  if (managementPort === undefined) return;
  try {
    await connections.listenForManagement(managementPort, host);
  } catch (error) {
    const { code = 'an error' } = error as NodeJS.ErrnoException;
    throw new StartRefused(
      `MANAGEMENT_PORT: ${managementPort} can't be listened on at ${host} (${code}); choose another port`,
    );
  }
};

const listen = async (app: NestFastifyApplication, { port, host }: Settings): Promise<string> => {
  try {
    // Nest's own `listen` would also log the errors that are refused in one line below.
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
