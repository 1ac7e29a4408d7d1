import { withTimeout } from './with-timeout.js';

/** Work about the same thing is done one after the other, in the order it was asked for; about other things, at the same time. */
export class KeyedMutex {
  private readonly last = new Map<string, Promise<unknown>>();

  /**
   * A turn that has not come after so long is given up: `late()` is thrown, and the work is not done. Those who come later then no
   * longer wait for what was in the way: turns spare conflicts, and are not needed to recognise them.
   */
  constructor(
    private readonly maxWaitMs: number,
    private readonly late: () => Error,
  ) {}

  /** What the work came to, once all that was asked for before it about the same thing is over, well or not. */
  async take<Value>(thing: string, work: () => Promise<Value>): Promise<Value> {
    const before = this.last.get(thing);
    const mine = before ? this.waitFor(before).then(work) : work();
    this.last.set(thing, mine);
    try {
      return await mine;
    } finally {
      if (this.last.get(thing) === mine) this.last.delete(thing);
    }
  }

  private waitFor(before: Promise<unknown>): Promise<unknown> {
    const over = before.catch(() => undefined);
    return withTimeout(this.maxWaitMs, over, this.late);
  }
}
