import { withTimeout } from './with-timeout.js';

/**
 * A mutex for each key: work of the same key runs one after the other, in the order it was asked for; work of other keys at the same
 * time.
 */
export class KeyedMutex {
  private readonly last = new Map<string, Promise<unknown>>();

  /**
   * Work that has waited for `maxWaitMs` is given up: `late()` is thrown, and the work is not done. Later work then no longer waits for
   * what was in the way. The mutex only spares conflicts: they are recognised without it.
   */
  constructor(
    private readonly maxWaitMs: number,
    private readonly late: () => Error,
  ) {}

  /** Runs the work once all that came before it under the same key is over, well or not. Resolves or rejects as the work does. */
  async take<Value>(key: string, work: () => Promise<Value>): Promise<Value> {
    const before = this.last.get(key);
    const mine = before ? this.waitFor(before).then(work) : work();
    this.last.set(key, mine);
    try {
      return await mine;
    } finally {
      if (this.last.get(key) === mine) this.last.delete(key);
    }
  }

  private waitFor(before: Promise<unknown>): Promise<unknown> {
    const over = before.catch(() => undefined);
    return withTimeout(this.maxWaitMs, over, this.late);
  }
}
