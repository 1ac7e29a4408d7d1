import { createHash } from 'node:crypto';
import { serialize } from 'node:v8';

/** What was made of something, by the content of that: so that nobody can have the same made twice. Bounded by what it holds. */
export class ContentCache<Result extends string | Uint8Array> {
  /** The one used last at the end. */
  private readonly results = new Map<string, Promise<Result>>();
  private readonly sizes = new Map<string, number>();
  private bytes = 0;

  constructor(
    private readonly maxBytes: number,
    private readonly maxFailures = 100,
  ) {}

  /** Made once, also while it is being made. Where making it fails of what `isLasting` says, that is kept too. */
  of(content: unknown, make: () => Promise<Result>, isLasting: (error: unknown) => boolean): Promise<Result> {
    const key = keyOf(content);
    const known = this.results.get(key);
    if (known) {
      this.results.delete(key);
      this.results.set(key, known);
      return known;
    }
    const made = make();
    this.results.set(key, made);
    made.then(
      (result) => this.keep(key, Buffer.byteLength(result)),
      (error: unknown) =>
        isLasting(error) ? this.keep(key, this.maxBytes / this.maxFailures) : this.drop(key),
    );
    return made;
  }

  private keep(key: string, size: number): void {
    if (!this.results.has(key)) return;
    this.sizes.set(key, size);
    this.bytes += size;
    for (const oldest of this.sizes.keys()) {
      if (this.bytes <= this.maxBytes) return;
      this.drop(oldest);
    }
  }

  private drop(key: string): void {
    this.bytes -= this.sizes.get(key) ?? 0;
    this.sizes.delete(key);
    this.results.delete(key);
  }
}

const keyOf = (content: unknown): string => createHash('sha256').update(serialize(content)).digest('base64');
