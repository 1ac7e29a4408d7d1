export interface PeriodicTaskOptions {
  /** From the end of a run to the next. */
  pauseMs: number;
  /** A run that fails is followed by the next all the same. */
  onError: (error: unknown) => void;
}

/** How a run ended. `elsewhere`: the run said so, since another process was at it. */
export type TaskOutcome = 'done' | 'elsewhere' | 'failed';

/** What is known of the runs of a task; times in milliseconds since 1970. */
export interface TaskHistory {
  /** Of the last run that ended. */
  outcome: TaskOutcome | undefined;
  lastEndedAt: number | undefined;
  lastDoneAt: number | undefined;
  nextAt: number | undefined;
  failures: number;
  lastFailure: { at: number; error: unknown } | undefined;
}

/** A task that runs again and again, never twice at a time. It does not keep the process from ending. */
export class PeriodicTask {
  private timer: NodeJS.Timeout | undefined;
  private running: Promise<void> = Promise.resolve();
  private isStopped = false;
  private known: TaskHistory = {
    ...{ outcome: undefined, lastEndedAt: undefined, lastDoneAt: undefined, nextAt: undefined },
    ...{ failures: 0, lastFailure: undefined },
  };
  isRunning = false;

  constructor(
    private readonly run: () => Promise<unknown>,
    private readonly options: PeriodicTaskOptions,
  ) {}

  get history(): Readonly<TaskHistory> {
    return this.known;
  }

  /** Runs for the first time at once. */
  start(): void {
    this.running = this.runOnce();
  }

  /** Resolves once nothing runs any more. */
  async stop(): Promise<void> {
    this.isStopped = true;
    clearTimeout(this.timer);
    await this.running;
    this.known = { ...this.known, nextAt: undefined };
  }

  private async runOnce(): Promise<void> {
    this.isRunning = true;
    this.known = { ...this.known, nextAt: undefined };
    try {
      this.ended((await this.run()) === 'elsewhere' ? 'elsewhere' : 'done');
    } catch (error) {
      this.ended('failed', error);
      this.options.onError(error);
    }
    this.isRunning = false;
    if (this.isStopped) return;
    const { pauseMs } = this.options;
    this.timer = setTimeout(() => this.start(), pauseMs).unref();
    this.known = { ...this.known, nextAt: Date.now() + pauseMs };
  }

  private ended(outcome: TaskOutcome, error?: unknown): void {
    const at = Date.now();
    const { failures } = this.known;
    this.known = {
      ...{ ...this.known, outcome, lastEndedAt: at },
      ...(outcome === 'done' ? { lastDoneAt: at } : {}),
      ...(outcome === 'failed' ? { failures: failures + 1, lastFailure: { at, error } } : {}),
    };
  }
}
