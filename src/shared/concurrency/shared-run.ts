/**
 * Work that many ask for at once, and that tells something of a moment. Whoever asks shares a run that begins after they have asked:
 * what it tells is then no older than their question. One run at a time; those who ask while one is under way share the next.
 */
export class SharedRun<Value> {
  private running: Promise<Value> | undefined;
  private next: Promise<Value> | undefined;

  constructor(private readonly work: () => Promise<Value>) {}

  /** Resolves or rejects as the run does that is shared. */
  run(): Promise<Value> {
    if (!this.running) return this.begin();
    const begin = () => this.begin();
    return (this.next ??= this.running.then(begin, begin));
  }

  private begin(): Promise<Value> {
    this.next = undefined;
    const run = this.work();
    this.running = run;
    const over = () => {
      if (!this.next) this.running = undefined;
    };
    run.then(over, over);
    return run;
  }
}
