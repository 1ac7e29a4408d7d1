import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { StartRefused } from '../../../config/start-refused.js';
import { withFolder } from './system/folder.js';
import { codeOf } from '../../../shared/message-of.js';
import { folderHolds, run } from './system/run.js';
import type { SystemUser } from './system/system-user.js';

const patienceMs = { fast: 10_000, immediate: 30_000 };

/**
 * Stops the PostgreSQL that a killed server left behind in this cluster. Call it only while holding DATA_DIR's lock.
 * Returns the pid that postmaster.pid still names: by now a dead process or some other program, which is left alone.
 */
export const stopOrphan = async (
  cluster: string,
  user: SystemUser,
  log: (line: string) => void,
): Promise<number | undefined> => {
  const file = join(cluster, 'postmaster.pid');
  const text = await readFile(file, 'utf8').catch((error: unknown) => {
    if (codeOf(error) === 'ENOENT') return undefined;
    throw error;
  });
  if (text === undefined) return undefined;
  const pid = Number(/^-?(\d+)\s/.exec(text)?.[1]);
  if (!pid) {
    // A power cut may leave the file empty, and then PostgreSQL refuses to start until it is removed.
    await rm(file);
    return undefined;
  }
  if (await servesCluster(pid, cluster, user)) {
    log(`Stopping the PostgreSQL with pid ${pid} that a killed server left behind`);
    await stopPostmaster(pid, cluster, user);
  }
  await endChildren(cluster, user);
  return pid;
};

const stopPostmaster = async (pid: number, cluster: string, user: SystemUser): Promise<void> => {
  signal(pid, 'SIGINT', cluster);
  if (await hasExited(pid, { cluster, user, withinMs: patienceMs.fast })) return;
  signal(pid, 'SIGQUIT', cluster);
  if (await hasExited(pid, { cluster, user, withinMs: patienceMs.immediate })) return;
  throw new StartRefused(`The PostgreSQL with pid ${pid} serves ${cluster} and does not stop: end it first`);
};

/**
 * Ends the backends that a killed postmaster left. A backend that is computing does not notice that its postmaster is gone, and
 * PostgreSQL refuses to start as long as the backend holds the shared memory. SIGQUIT is what the postmaster itself sends in an
 * immediate shutdown.
 */
const endChildren = async (cluster: string, user: SystemUser): Promise<void> => {
  if (process.platform !== 'linux') return;
  await withFolder(cluster, (folder) => folderHolds(user, { test: endPostgresIn, args: [], folder }));
};

const endPostgresIn = `
  for process in /proc/[0-9]*; do
    [ "$process/cwd" -ef /proc/self/fd/3 ] && read -r name < "$process/comm" && [ "$name" = postgres ] &&
      kill -QUIT "\${process#/proc/}"
  done`;

/**
 * Whether the process is a PostgreSQL whose working directory is the cluster, as every postmaster's is. The test runs as the
 * cluster's owner, since in a container root may not look at the process; a moved DATA_DIR makes no difference. False for a zombie.
 */
const servesCluster = async (pid: number, cluster: string, user: SystemUser): Promise<boolean> => {
  if (process.platform !== 'linux') {
    const { output } = await run(user, { file: 'ps', args: ['-o', 'command=', '-p', String(pid)] });
    return output.includes('postgres') && output.includes(cluster);
  }
  const program = await readFile(`/proc/${pid}/comm`, 'utf8').catch(() => '');
  if (program.trim() !== 'postgres') return false;
  return withFolder(cluster, (folder) =>
    folderHolds(user, { test: '[ "/proc/$1/cwd" -ef /proc/self/fd/3 ]', args: [String(pid)], folder }),
  );
};

const signal = (pid: number, name: NodeJS.Signals, cluster: string): void => {
  try {
    process.kill(pid, name);
  } catch (cause) {
    if (codeOf(cause) === 'ESRCH') return;
    throw new StartRefused(
      `The PostgreSQL with pid ${pid}, left behind by a killed server, serves ${cluster} and belongs to another user: ` +
        'stop it as that user or as root',
      { cause },
    );
  }
};

const hasExited = async (
  pid: number,
  { cluster, user, withinMs }: { cluster: string; user: SystemUser; withinMs: number },
): Promise<boolean> => {
  const deadline = performance.now() + withinMs;
  while (performance.now() < deadline) {
    if (!(await servesCluster(pid, cluster, user))) return true;
    await sleep(50);
  }
  return false;
};
