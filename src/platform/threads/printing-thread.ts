import { DomainError } from '../../shared/problems/domain-error.js';
import { ContentCache } from './content-cache.js';
import { LimitedThread, TaskTooCostly, ThreadBusy } from './limited-thread.js';

const maxCachedBytes = 32_000_000;

/** Only what is built runs in a thread: a server from the sources does the work itself. */
const isBuilt = import.meta.url.endsWith('.js');

/** Lays out documents beside the thread that answers requests, each once. */
export class PrintingThread<Task, Result extends string | Uint8Array> {
  private readonly cache = new ContentCache<Result>(maxCachedBytes);
  private readonly thread: LimitedThread<Task, Result>;

  /** `file` is a built file that calls `serveTasks` with the same work as `here`. */
  constructor(
    file: URL,
    private readonly here: (task: Task) => Promise<Result> | Result,
  ) {
    this.thread = new LimitedThread(file);
  }

  /** Throws `too-costly-to-print`, and `unavailable` while too many wait. */
  async print(task: Task): Promise<Result> {
    try {
      return await this.cache.of(
        task,
        async () => (isBuilt ? this.thread.run(task) : this.here(task)),
        (error) => error instanceof TaskTooCostly,
      );
    } catch (error) {
      if (error instanceof TaskTooCostly) throw new DomainError('too-costly-to-print', { cause: error });
      if (error instanceof ThreadBusy) throw new DomainError('unavailable', { cause: error });
      throw error;
    }
  }

  stop(): Promise<void> {
    return this.thread.stop();
  }
}
