export interface PeriodicTaskOptions {
  /** From the end of a run to the next. */
  pauseMs: number;
  /** A run that fails is followed by the next all the same. */
  onError: (error: unknown) => void;
}

/** A task that runs again and again, never twice at a time. It does not keep the process from ending. */
export class PeriodicTask {
  private timer: NodeJS.Timeout | undefined;
  private running: Promise<void> = Promise.resolve();
  private isStopped = false;

  constructor(
    private readonly run: () => Promise<unknown>,
    private readonly options: PeriodicTaskOptions,
  ) {}

  /** Runs for the first time at once. */
  start(): void {
    this.running = this.runOnce();
  }

  /** Resolves once nothing runs any more. */
  async stop(): Promise<void> {
    this.isStopped = true;
    clearTimeout(this.timer);
    await this.running;
  }

  private async runOnce(): Promise<void> {
    try {
      await this.run();
    } catch (error) {
      this.options.onError(error);
    }
    if (!this.isStopped) this.timer = setTimeout(() => this.start(), this.options.pauseMs).unref();
  }
}
