import { randomBytes } from 'node:crypto';
import { openSigningKeys } from '../../bulletins/core.js';
import type { Settings } from '../../config/settings.js';
import { Connections } from '../../platform/http/connections/connections.js';
import { defaultTimeLimits } from '../../platform/http/connections/time-limits.js';
import { createLogger } from '../../platform/observability/logger.js';
import { SecurityLog } from '../../platform/observability/security-log.js';
import { Closing } from '../closing.js';
import { openResources, type Address } from '../resources.js';
import type { Serving } from '../server.js';
import { serveDevelopmentProvider } from './development-provider.js';
import { Workers } from './workers.js';

/**
 * Starts several processes that answer on one port, and in this one what exists once: the embedded database, migrations, the thread of
 * the projections, and the provider of development. Throws StartRefused.
 */
export const startWorkers = async (settings: Settings): Promise<Serving> => {
  const closing = new Closing();
  const { opened } = closing;
  const logger = createLogger(settings);
  const address: Address = { url: settings.publicUrl ?? '' };
  const shared = settingsOfWorkers(settings);
  try {
    const { resources, databaseUrl, startProjections, warn } = await openResources(
      {
        settings: shared,
        projectionsIn: 'thread',
        connections: new Connections(defaultTimeLimits),
        logger,
        address,
      },
      opened,
    );
    // Made here where there is none yet: each worker would make one of its own.
    await openSigningKeys(settings, new SecurityLog(logger).by('system'));
    const providerPort = settings.oidc
      ? undefined
      : await serveDevelopmentProvider(() => address.url, opened);
    const workers = new Workers({
      count: settings.workers,
      start: {
        kind: 'start',
        settings: { ...shared, roles: new Set(['api'] as const), workers: 1 },
        prepared: { databaseUrl, providerPort },
      },
      ownMetrics: () => resources.metrics.values(),
      logger,
    });
    opened.push(() => workers.stop());
    const url = await workers.start();
    address.url ||= url;
    startProjections();
    warn();
    logger.debug({ url, workers: settings.workers }, 'serving');
    return { url, close: () => closing.close() };
  } catch (error) {
    await closing.close().catch(() => undefined);
    throw error;
  }
};

/** What each process would make for itself, or has a part of. */
const settingsOfWorkers = (settings: Settings): Settings => ({
  ...settings,
  sessionSecrets: settings.sessionSecrets ?? [randomBytes(32).toString('hex')],
  maxConnections: Math.ceil(settings.maxConnections / settings.workers),
});
