import { setTimeout as sleep } from 'node:timers/promises';
import type { PostgresProcess } from './postgres-process.js';
import { backoffMs } from '../../../shared/concurrency/backoff.js';
import { reasonOf } from './system/reason.js';

const backoff = { firstMs: 100, maxMs: 5_000 };
/** A PostgreSQL that served this long did not fail because of its start, so the backoff begins anew. */
const steadyMs = 10_000;
const lingeringMs = 20_000;

/** Keeps one PostgreSQL running until `stop` is called. */
export class Supervisor {
  private current: PostgresProcess | undefined;
  private serving = Promise.resolve();
  private readonly stopping = new AbortController();

  constructor(
    private readonly launch: () => Promise<PostgresProcess>,
    private readonly log: (line: string) => void,
  ) {}

  /** Throws what the first launch throws: such a failure is for a person to see, not to be retried. */
  async start(): Promise<void> {
    this.serving = this.serve(await this.firstLaunch());
  }

  /** Stops PostgreSQL, also while it is being restarted: nothing is launched after this. */
  async stop(): Promise<void> {
    this.stopping.abort();
    await this.current?.stop();
    await this.serving;
  }

  /** Launches again while PostgreSQL refuses because children of a killed postmaster still hold its shared memory, 20 s at most. */
  private async firstLaunch(): Promise<PostgresProcess> {
    const deadline = performance.now() + lingeringMs;
    for (;;) {
      try {
        return await this.launchReady();
      } catch (error) {
        if (!reasonOf(error).includes('pre-existing shared memory') || performance.now() > deadline)
          throw error;
      }
      await sleep(backoff.firstMs);
    }
  }

  private async serve(first: PostgresProcess): Promise<void> {
    let process: PostgresProcess | undefined = first;
    let restarts = 0;
    while (process) {
      const since = performance.now();
      const how = await process.ended;
      if (this.stopping.signal.aborted) return;
      this.log(`PostgreSQL ended unexpectedly (${how}); restarting it`);
      if (performance.now() - since > steadyMs) restarts = 0;
      process = undefined;
      while (!process && (await this.pause(backoffMs(backoff, restarts + 1)))) {
        process = await this.relaunch();
        restarts += 1;
      }
    }
  }

  private async relaunch(): Promise<PostgresProcess | undefined> {
    try {
      const process = await this.launchReady();
      this.log('PostgreSQL serves again');
      return process;
    } catch (error) {
      if (!this.stopping.signal.aborted) this.log(`${reasonOf(error)}; trying again`);
      return undefined;
    }
  }

  private async launchReady(): Promise<PostgresProcess> {
    const process = await this.launch();
    this.current = process;
    try {
      // stop() may have been called during the launch, and found nothing to stop.
      if (this.stopping.signal.aborted) throw new Error('stopped');
      await process.ready();
      return process;
    } catch (error) {
      await process.stop();
      throw error;
    }
  }

  /** Waits; false when stop() was called meanwhile. */
  private pause(ms: number): Promise<boolean> {
    return sleep(ms, true, { signal: this.stopping.signal }).catch(() => false);
  }
}
