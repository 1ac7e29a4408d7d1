/** Runs work one after the other, in the order it was asked for. */
export class Mutex {
  private last: Promise<unknown> = Promise.resolve();

  /** Runs the work once all that was asked for before is over, well or not. Resolves or rejects as the work does. */
  run<Value>(work: () => Promise<Value>): Promise<Value> {
    const mine = this.last.then(work);
    this.last = mine.catch(() => undefined);
    return mine;
  }
}
