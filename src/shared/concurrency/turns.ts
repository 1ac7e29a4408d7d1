/**
 * Long work of several that wait for the same: one of them in each turn of the event loop, so that whatever else is to be done in this
 * thread waits for one of them at a time, and not for all.
 */
export class Turns {
  private last: Promise<void> = Promise.resolve();

  /** Resolves when it is the caller's turn, which lasts until the caller awaits something. */
  take(): Promise<void> {
    this.last = this.last.then(() => new Promise((resolve) => setImmediate(resolve)));
    return this.last;
  }
}
