interface Waiting<Value> {
  promise: Promise<Value>;
  resolve: (value: Value) => void;
  reject: (error: unknown) => void;
}

/**
 * What is asked for in one tick, or while the question before is on its way, is asked for together: a batch of a thousand commands
 * asks for a thousand keys at once, and a round trip costs more than what it carries.
 */
export class BatchLoader<Value> {
  private waiting = new Map<string, Waiting<Value>>();
  private isAsking = false;

  /** `ask` gives a value for each id; where it fails, all that were asked for together do. */
  constructor(
    private readonly ask: (ids: readonly string[]) => Promise<ReadonlyMap<string, Value>>,
    private readonly max: number,
  ) {}

  get(id: string): Promise<Value> {
    const known = this.waiting.get(id);
    if (known) return known.promise;
    const { promise, resolve, reject } = withResolvers<Value>();
    this.waiting.set(id, { promise, resolve, reject });
    if (!this.isAsking) {
      this.isAsking = true;
      setImmediate(() => void this.askAll());
    }
    return promise;
  }

  private async askAll(): Promise<void> {
    while (this.waiting.size > 0) {
      const asked = new Map([...this.waiting].slice(0, this.max));
      for (const id of asked.keys()) this.waiting.delete(id);
      try {
        const found = await this.ask([...asked.keys()]);
        for (const [id, { resolve }] of asked) resolve(found.get(id) as Value);
      } catch (error) {
        for (const { reject } of asked.values()) reject(error);
      }
    }
    this.isAsking = false;
  }
}

const withResolvers = <Value>(): Waiting<Value> => {
  let resolve: (value: Value) => void = () => undefined;
  let reject: (error: unknown) => void = () => undefined;
  const promise = new Promise<Value>((yes, no) => {
    resolve = yes;
    reject = no;
  });
  return { promise, resolve, reject };
};
