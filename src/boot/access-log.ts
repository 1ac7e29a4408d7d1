import type { Pool } from 'pg';
import type { Logger } from 'pino';
import { AccessAlerts, AccessLog, AccessRecorder, writeAccesses } from '../access/index.js';
import type { Settings } from '../config/settings.js';
import type { Metrics } from '../platform/observability/metrics.js';
import { SecurityLog } from '../platform/observability/security-log.js';
import type { Resources } from './app.module.js';

interface AccessLogging {
  settings: Pick<Settings, 'logsAccesses' | 'accessAlerts'>;
  pool: Pool;
  metrics: Metrics;
  logger: Logger;
}

/** What writes down who saw which ticket; closed once all of it is written. */
export const openAccessLog = (
  { settings, pool, metrics, logger }: AccessLogging,
  opened: (() => Promise<unknown>)[],
): Pick<Resources, 'accessLog' | 'accesses'> => {
  const accessLog = new AccessLog({ write: (accesses) => writeAccesses(pool, accesses), logger });
  opened.push(() => accessLog.close());
  metrics.watchAccessLog(() => accessLog.count);
  const accesses = new AccessRecorder({
    log: accessLog,
    alerts: new AccessAlerts(settings.accessAlerts),
    security: new SecurityLog(logger),
    ...{ metrics, isOn: settings.logsAccesses },
  });
  return { accessLog, accesses };
};
