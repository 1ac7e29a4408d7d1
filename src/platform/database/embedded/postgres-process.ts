import { spawn, type ChildProcess } from 'node:child_process';
import { open } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { endAtExit } from './system/at-exit.js';
import type { Binaries } from './binaries.js';
import { ping } from './connection.js';
import { stopOrphan } from './orphan.js';
import { PostgresLog } from './postgres-log.js';
import { postgresSettingArguments } from './postgres-settings.js';
import { handedFolder, plainEnvironment } from './system/run.js';
import type { SystemUser } from './system/system-user.js';

export interface Launch {
  dataDir: string;
  cluster: string;
  runtimeDir: string;
  user: SystemUser;
  binaries: Binaries;
  log: (line: string) => void;
  moreConnections?: number | undefined;
}

const patienceMs = 3_000;
const silenceMs = 60_000;
const fastShutdownMs = 20_000;

/** One run of PostgreSQL, from its launch to its end. */
export class PostgresProcess {
  /** Resolves when PostgreSQL has exited, to how it ended: `exit code 1`, `signal SIGKILL`. */
  readonly ended: Promise<string>;
  private end: string | undefined;

  private constructor(
    private readonly child: ChildProcess,
    private readonly output: PostgresLog,
    private readonly runtimeDir: string,
    private readonly log: (line: string) => void,
  ) {
    // SIGQUIT is an immediate shutdown, from which the next start recovers.
    const forget =
      child.pid === undefined ? () => undefined : endAtExit({ pid: child.pid, signal: 'SIGQUIT' });
    this.ended = new Promise((resolve) => {
      const ended = (how: string) => {
        forget();
        resolve((this.end = how));
      };
      child.once('exit', (code, signal) => ended(signal ? `signal ${signal}` : `exit code ${String(code)}`));
      child.on('error', (error) => child.pid === undefined && ended(error.message));
    });
  }

  /** Launches PostgreSQL, after stopping one that a killed server may have left. It takes no queries until `ready`. */
  static async launch({
    dataDir,
    cluster,
    runtimeDir,
    user,
    binaries,
    log,
    moreConnections,
  }: Launch): Promise<PostgresProcess> {
    const stalePid = await stopOrphan(cluster, user, log);
    const folder = await open(cluster, 'r');
    const output = await PostgresLog.open(dataDir);
    try {
      const child = spawn(
        binaries.postgres,
        ['-D', handedFolder(cluster), ...postgresSettingArguments(runtimeDir, moreConnections)],
        {
          uid: user.uid,
          gid: user.gid,
          cwd: '/',
          // The pid in postmaster.pid may be another program's by now. PG_GRANDPARENT_PID makes PostgreSQL take that pid for no
          // postmaster. The file itself stays, since it also guards against children of a killed postmaster that still write.
          env: { ...plainEnvironment, ...(stalePid && { PG_GRANDPARENT_PID: String(stalePid) }) },
          stdio: ['ignore', output.handle.fd, output.handle.fd, folder.fd],
          // PostgreSQL gets a process group of its own; otherwise Ctrl-C in a terminal would stop it before we do.
          detached: true,
        },
      );
      return new PostgresProcess(child, output, runtimeDir, log);
    } finally {
      await Promise.all([folder.close(), output.handle.close()]);
    }
  }

  /** Resolves once a query is answered. Throws when PostgreSQL ends before that, or is silent for 60 s; recovery may take longer. */
  async ready(): Promise<void> {
    const startedAt = performance.now();
    let heardAt = startedAt;
    let hasLogged = false;
    while (this.end === undefined) {
      const answer = await ping(this.runtimeDir);
      if (answer === 'up') return;
      const now = performance.now();
      if (answer === 'recovering') heardAt = now;
      if (now - heardAt > silenceMs) throw await this.failure('it has not answered for 60 s');
      if (now - startedAt > patienceMs && !hasLogged) {
        this.log('PostgreSQL is not ready yet; after a crash it recovers first, which can take a while');
        hasLogged = true;
      }
      await sleep(20);
    }
    throw await this.failure(this.end);
  }

  /** Fast shutdown; after 20 s an immediate one, from which the next start recovers. */
  async stop(): Promise<void> {
    if (this.end !== undefined) return;
    this.child.kill('SIGINT');
    const immediate = setTimeout(() => this.child.kill('SIGQUIT'), fastShutdownMs);
    await this.ended;
    clearTimeout(immediate);
  }

  private async failure(how: string): Promise<Error> {
    return new Error(`PostgreSQL did not start: ${how}, ${await this.output.lastWords()}`);
  }
}
