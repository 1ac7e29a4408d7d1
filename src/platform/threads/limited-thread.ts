import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import type { ThreadAnswer } from './serve-tasks.js';

/** What one task may take. */
export interface ThreadLimits {
  ms: number;
  megabytes: number;
  /** How many may wait for their turn. */
  waiting: number;
}

const defaultThreadLimits: ThreadLimits = { ms: 10_000, megabytes: 256, waiting: 100 };

/** It took longer, or more memory, than a task may have. */
export class TaskTooCostly extends Error {}
/** More wait already than may. */
export class ThreadBusy extends Error {}

/**
 * A thread for work that takes long by what people write, such as laying out a document: the thread that answers requests goes on
 * meanwhile. One task at a time; a task that exceeds its limits is ended with its thread, and the next one gets another.
 */
export class LimitedThread<Task, Result> {
  private worker: Promise<Worker> | undefined;
  private last: Promise<unknown> = Promise.resolve();
  private waiting = 0;

  /** `file` calls `serveTasks`. */
  constructor(
    private readonly file: URL,
    private readonly limits: ThreadLimits = defaultThreadLimits,
  ) {}

  /** Throws TaskTooCostly, ThreadBusy, or an error with the message of what the work threw. */
  async run(task: Task): Promise<Result> {
    if (this.waiting >= this.limits.waiting) throw new ThreadBusy(`${this.waiting} tasks wait already`);
    this.waiting += 1;
    const result = this.last.then(() => this.runNow(task)).finally(() => (this.waiting -= 1));
    this.last = result.catch(() => undefined);
    return result;
  }

  async stop(): Promise<void> {
    const worker = await this.worker?.catch(() => undefined);
    this.worker = undefined;
    await worker?.terminate();
  }

  private async runNow(task: Task): Promise<Result> {
    const worker = await (this.worker ??= this.begin());
    // A process that has nothing else to do may end while the thread waits, but not while it works.
    worker.ref();
    const ending = new AbortController();
    const { signal } = ending;
    const timer = setTimeout(() => ending.abort(), this.limits.ms);
    try {
      const ended = once(worker, 'exit', { signal }).then(() =>
        Promise.reject(new TaskTooCostly('it ended')),
      );
      ended.catch(() => undefined);
      worker.postMessage(task);
      const [answer] = (await Promise.race([once(worker, 'message', { signal }), ended])) as [
        ThreadAnswer<Result>,
      ];
      if ('error' in answer) throw new Error(answer.error);
      return answer.result;
    } catch (error) {
      const isTooCostly = signal.aborted || isOutOfMemory(error) || error instanceof TaskTooCostly;
      if (!isTooCostly) throw error;
      this.worker = undefined;
      await worker.terminate();
      throw new TaskTooCostly(`it took more than ${this.limits.ms} ms, or ${this.limits.megabytes} MB`);
    } finally {
      clearTimeout(timer);
      ending.abort();
      worker.unref();
    }
  }

  /** Loading what it works with is not the task's time. */
  private async begin(): Promise<Worker> {
    const worker = new Worker(this.file, {
      resourceLimits: { maxOldGenerationSizeMb: this.limits.megabytes },
    });
    // What it fails of is told to whoever waits for it.
    worker.on('error', () => undefined);
    worker.once('exit', () => (this.worker = undefined));
    try {
      await once(worker, 'message');
    } catch (error) {
      this.worker = undefined;
      throw error;
    }
    return worker;
  }
}

const isOutOfMemory = (error: unknown): boolean =>
  (error as { code?: unknown } | undefined)?.code === 'ERR_WORKER_OUT_OF_MEMORY';
