import type { Logger } from 'pino';
import { TokenVerifier } from '../access/index.js';
import { PublishedDayEntity } from '../billets-quotidiens/index.js';
import type { Settings } from '../config/settings.js';
import { loadEstablishments } from '../establishments/index.js';
import { entitySource } from '../platform/database/data-source.js';
import type { Connections } from '../platform/http/connections/connections.js';
import { Jobs } from '../platform/jobs/jobs.js';
import { ClockWatch } from '../platform/observability/clock-watch.js';
import { Health } from '../platform/observability/health.js';
import { Metrics } from '../platform/observability/metrics.js';
import { SecurityLog } from '../platform/observability/security-log.js';
import { Projections } from '../platform/projections/projections.js';
import { openAccessLog } from './access-log.js';
import type { Close } from './closing.js';
import type { Resources } from './app.module.js';
import { logSettings, openEventLog, openEventLogAgain } from './event-log.js';
import { bindReadModels, openMainDatabase, refusedInWords, type Prepared } from './main-database.js';
import { ProjectionsThread, type ThreadData } from './projections-thread.js';
import { projections as projectionTypes } from './registry.js';
import { signingIn } from './signing-in.js';

/** Where projections are led, if at all: a thread runs built code only, so a server run from its sources leads them itself. */
export type ProjectionsIn = 'thread' | 'process';

/** The address people use: the one that is set, else the one the server listens at, which is known once it does. */
export interface Address {
  url: string;
}

interface Starting {
  settings: Settings;
  projectionsIn: ProjectionsIn;
  connections: Connections;
  logger: Logger;
  address: Address;
  prepared?: Prepared | undefined;
}

interface Opened {
  resources: Resources;
  databaseUrl: string;
  startProjections: () => void;
  warn: () => void;
}

/**
 * Opens everything the application needs, each resource after those it needs. Their closing goes into `opened`, to be called in the
 * opposite order. Throws StartRefused.
 */
export const openResources = async (
  { settings, projectionsIn, connections, logger, address, prepared }: Starting,
  opened: Close[],
): Promise<Opened> => {
  const establishments = loadEstablishments(settings.establishmentsFile, settings.reportingTimeZone);
  const tokens = await TokenVerifier.create(settings);
  const { url, pool, owningRole } = await openMainDatabase({ settings, logger, prepared }, opened);
  const database = await refusedInWords(entitySource(url, [PublishedDayEntity]).initialize());
  opened.push(() => database.destroy());
  const {
    store,
    keys,
    close: closeLog,
  } = await (prepared ? openEventLogAgain : openEventLog)(settings, {
    pool,
    security: new SecurityLog(logger),
  });
  opened.push(closeLog);
  if (!prepared) await bindReadModels(pool, store, logger);
  const leads = settings.roles.has('projections');
  const inThread = leads && projectionsIn === 'thread';
  const projections = new Projections(projectionTypes, {
    ...{ store, pool, logger },
    lead: leads && !inThread,
  });
  opened.push(() => projections.stop());
  if (!prepared) await refusedInWords(projections.prepare());
  const clocks = new ClockWatch(pool, logger);
  opened.push(() => clocks.stop());
  clocks.start();
  const jobs = new Jobs();
  jobs.add('clock-watch', clocks.task);
  const { logLevel, logFile } = settings;
  const threadData: ThreadData = { url, log: logSettings(settings), logger: { logLevel, logFile } };
  const thread = new ProjectionsThread(threadData, projections, logger);
  opened.push(() => thread.stop());
  const startProjections = () => {
    projections.start();
    if (inThread) thread.start();
  };
  const metrics = new Metrics(store, projections, clocks);
  metrics.watchJobs(() => jobs.statuses());
  const resources: Resources = {
    ...{ settings, logger, establishments, tokens, pool, database, store, keys, projections, connections },
    ...{ metrics, jobs },
    health: new Health(pool, store, projections, settings.readyMaxLagSeconds, clocks, {
      store: settings.attachmentsUrl === undefined ? 'folder' : 's3',
      scanner: settings.clamdUrl === undefined ? 'none' : 'clamd',
    }),
    ...signingIn({ settings, publicUrl: () => address.url, pool, logger }, opened),
    ...openAccessLog({ settings, pool, metrics, logger }, opened),
  };
  const warn = () => {
    if (!prepared) warnOfSettings(settings, owningRole, logger);
  };
  return { resources, databaseUrl: url, startProjections, warn };
};

/** What an operator should know of settings that work. It is said once the server listens: a start that is refused says one line. */
const warnOfSettings = (settings: Settings, owningRole: string | undefined, logger: Logger): void => {
  if (owningRole !== undefined) {
    logger.warn(
      { role: owningRole },
      'the role of DATABASE_URL owns the log and could change it; give its owner in MIGRATIONS_DATABASE_URL, and a role without rights in DATABASE_URL',
    );
  }
  if (settings.roles.has('api') && settings.databaseUrl !== undefined && settings.signingKey === undefined)
    logger.warn('bulletins are published unsigned: SIGNING_KEY is not set');
};
