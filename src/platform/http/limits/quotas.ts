import { LRUCache } from 'lru-cache';

/** The one heard of least recently is forgotten when there are more. */
const maxCallers = 10_000;

/** How many of something each caller has at once. */
export class ConcurrencyQuota {
  private readonly counts = new LRUCache<string, number>({ max: maxCallers });

  constructor(readonly max: number) {}

  /** False where the caller has as many already; else `leave` has to be called once it has one less. */
  enter(caller: string): boolean {
    const count = this.counts.get(caller) ?? 0;
    if (count >= this.max) return false;
    this.counts.set(caller, count + 1);
    return true;
  }

  leave(caller: string): void {
    const count = this.counts.get(caller) ?? 0;
    if (count > 1) this.counts.set(caller, count - 1);
    else this.counts.delete(caller);
  }
}

/** How many bytes each caller has sent in the window that is open. */
export class ByteQuota {
  private readonly windows = new LRUCache<string, { endsAt: number; bytes: number }>({ max: maxCallers });

  constructor(
    private readonly max: number,
    private readonly windowMs: number,
  ) {}

  /** In how many milliseconds the caller may send so many bytes; 0: now, and they are counted. */
  add(caller: string, bytes: number, now: number): number {
    const known = this.windows.get(caller);
    const window = known && now < known.endsAt ? known : { endsAt: now + this.windowMs, bytes: 0 };
    // One that alone is more than all of it may come first: its size is bounded otherwise.
    if (window.bytes > 0 && window.bytes + bytes > this.max) return window.endsAt - now;
    this.windows.set(caller, { ...window, bytes: window.bytes + bytes });
    return 0;
  }
}
