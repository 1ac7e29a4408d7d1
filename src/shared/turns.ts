/** Work about the same thing is done one after the other, in the order it was asked for; about other things, at the same time. */
export class Turns {
  private readonly last = new Map<string, Promise<unknown>>();

  /** What the work came to, once all that was asked for before it about the same thing is over, well or not. */
  async take<Value>(thing: string, work: () => Promise<Value>): Promise<Value> {
    const before = this.last.get(thing);
    const mine = before ? before.then(work, work) : work();
    this.last.set(thing, mine);
    try {
      return await mine;
    } finally {
      if (this.last.get(thing) === mine) this.last.delete(thing);
    }
  }
}
