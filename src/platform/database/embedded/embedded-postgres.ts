import { StartRefused } from '../../../config/start-refused.js';
import { locateBinaries } from './binaries.js';
import { applicationRole, createCluster, findCluster, removeCluster } from './cluster.js';
import { connectionUrl, createDatabase, ping } from './connection.js';
import { lockDataDir, openDataDir } from './data-dir.js';
import { reasonOf } from './system/reason.js';
import { PostgresProcess } from './postgres-process.js';
import { makeRuntimeDir, removeRuntimeDir } from './runtime-dir.js';
import { checkBecoming } from './system/run.js';
import { readServerRecord, removeServerRecord, writeServerRecord } from './server-record.js';
import { Supervisor } from './supervisor.js';
import { userFor } from './system/system-user.js';

export interface EmbeddedPostgres {
  /**
   * Connection URL for `pg`, of the application's role. It stays the same for as long as this server lives, whatever happens to
   * PostgreSQL.
   */
  url: string;
  /** The same of the owner, for migrations: it may do anything. */
  ownerUrl: string;
  /** Fast shutdown; resolves once PostgreSQL has exited. May be called again: the answer is the same. */
  stop: () => Promise<void>;
}

export interface EmbeddedOptions {
  dataDir: string;
  log: (line: string) => void;
  /** Remove the data of earlier runs first. */
  fresh?: boolean;
  /** How many connections it takes beside those that one server may use. */
  moreConnections?: number | undefined;
}

const database = 'billets_quotidiens';

/**
 * The PostgreSQL that lives in `dataDir`: made at the first start, restarted whenever it dies, reachable through a
 * private unix socket only. `log` gets one line for each event worth knowing.
 * Throws StartRefused when something about the folder, the machine or another server is in the way.
 */
export const startEmbeddedPostgres = async (options: EmbeddedOptions): Promise<EmbeddedPostgres> => {
  const undo: (() => Promise<void>)[] = [];
  const release = async () => {
    for (const step of undo.splice(0).reverse()) await step();
  };
  try {
    const runtimeDir = await start(options, undo);
    let stopped: Promise<void> | undefined;
    return {
      url: connectionUrl(runtimeDir, database, applicationRole),
      ownerUrl: connectionUrl(runtimeDir, database),
      stop: () => (stopped ??= release()),
    };
  } catch (error) {
    await release();
    if (error instanceof StartRefused) throw error;
    throw new StartRefused(`DATA_DIR ${options.dataDir}: ${reasonOf(error)}`, { cause: error });
  }
};

/** The URL, of the application's role, of the PostgreSQL that a running server keeps in `dataDir`; undefined where none runs. */
export const runningEmbeddedPostgres = async (dataDir: string): Promise<string | undefined> => {
  const record = await readServerRecord(dataDir);
  if (!record || (await ping(record.runtimeDir)) !== 'up') return undefined;
  return connectionUrl(record.runtimeDir, database, applicationRole);
};

const start = async (options: EmbeddedOptions, undo: (() => Promise<void>)[]): Promise<string> => {
  const dataDir = await openDataDir(options.dataDir);
  undo.push(await lockDataDir(dataDir));

  const existing = await findCluster(dataDir);
  const user = await userFor(existing);
  const found = options.fresh ? undefined : existing;
  if (options.fresh && existing) await removeCluster(existing, user, options.log);
  await checkBecoming(user);
  const killed = await readServerRecord(dataDir);
  const runtimeDir = await makeRuntimeDir(user);
  undo.push(() => removeRuntimeDir(runtimeDir));
  await writeServerRecord(dataDir, { pid: process.pid, runtimeDir });
  undo.push(() => removeServerRecord(dataDir).catch(() => undefined));

  const binaries = await locateBinaries(user, options.log);
  const cluster = found?.path ?? (await createCluster(dataDir, user, binaries));
  const launch = () => PostgresProcess.launch({ ...options, dataDir, cluster, user, binaries, runtimeDir });
  const supervisor = new Supervisor(launch, options.log);
  undo.push(() => supervisor.stop());
  await supervisor.start();

  // The killed server's folder goes only now: the orphan used the socket in it until it was stopped.
  if (killed) await removeRuntimeDir(killed.runtimeDir);
  await createDatabase(runtimeDir, database);
  return runtimeDir;
};
