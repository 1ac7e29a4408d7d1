import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { programEnvironment, project } from '../server/server-process.js';

/** An append's answer, as a writer got it. */
export interface Acknowledged {
  stream: string;
  ids: string[];
  /** The revision of the append's last event; `position` is that event's, too. */
  revision: number;
  position: string;
  recordedAt: string;
  duplicate: boolean;
}

interface Report {
  acknowledged: Acknowledged[];
  violations: string[];
  counts: Counts;
}
export type Counts = Record<'appended' | 'duplicate' | 'conflict' | 'reused' | 'retried', number>;

/** Processes of event-store-writer.mjs. A process that is killed is started again at once. */
export class Writers {
  readonly acknowledged: Acknowledged[] = [];
  readonly violations: string[] = [];
  killed = 0;
  private readonly running = new Map<number, ChildProcess>();
  private readonly countsOf = new Map<ChildProcess, Counts>();
  private stopping = false;

  constructor(
    private readonly url: string,
    processes: number,
  ) {
    for (let number = 0; number < processes; number += 1) this.start(number);
  }

  /** Sends SIGKILL to a random process that has reported already, whatever it is doing. */
  async killOne(): Promise<void> {
    const victims = [...this.running.values()].filter((child) => this.countsOf.has(child));
    const victim = victims[Math.floor(Math.random() * victims.length)];
    if (!victim) return;
    const gone = once(victim, 'exit');
    victim.kill('SIGKILL');
    await gone;
    this.killed += 1;
  }

  /** Lets each process finish what it has begun, so that no append is left without an answer. */
  async stop(): Promise<void> {
    this.stopping = true;
    await Promise.all(
      [...this.running.values()].map(async (child) => {
        const closed = once(child, 'close');
        child.send('stop');
        await closed;
      }),
    );
  }

  kill(): void {
    this.stopping = true;
    for (const child of this.running.values()) child.kill('SIGKILL');
  }

  /** The sums over all processes, also those that were killed. */
  counts(): Counts {
    const total: Counts = { appended: 0, duplicate: 0, conflict: 0, reused: 0, retried: 0 };
    for (const counts of this.countsOf.values()) {
      for (const name of Object.keys(total) as (keyof Counts)[]) total[name] += counts[name];
    }
    return total;
  }

  private start(number: number): void {
    const script = join(project, 'test/support/log/event-store-writer.mjs');
    const child = fork(script, [String(number), this.url], {
      env: programEnvironment(),
      execArgv: ['--enable-source-maps'],
      stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    });
    this.running.set(number, child);
    child.on('message', (message) => {
      const { acknowledged, violations, counts } = message as Report;
      this.acknowledged.push(...acknowledged);
      this.violations.push(...violations);
      this.countsOf.set(child, counts);
    });
    child.once('exit', (code, signal) => {
      if (code !== 0 && signal !== 'SIGKILL') {
        this.violations.push(`writer ${number} ended with ${code ?? signal ?? ''}`);
      }
      if (this.stopping) this.running.delete(number);
      else this.start(number);
    });
  }
}
