import { findCluster } from '../platform/database/embedded/cluster.js';
import { demoDataDir } from '../config/demo-data-dir.js';
import { StartRefused } from '../config/start-refused.js';

/**
 * The error that DATA_DIR holds no data, with what to do; `what` says what is looked for. It names the demo's data where they exist,
 * since they are next to where people look first.
 */
export const noDataIn = async (dataDir: string, what: string): Promise<StartRefused> => {
  const demo = demoDataDir(dataDir);
  const isThere = (await findCluster(demo).catch(() => undefined)) !== undefined;
  return new StartRefused(
    `DATA_DIR ${dataDir} holds no data; set DATA_DIR or DATABASE_URL to where ${what}` +
      (isThere ? `: the demo's data are in DATA_DIR=${demo}` : ''),
  );
};
