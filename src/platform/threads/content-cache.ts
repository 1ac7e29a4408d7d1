import { createHash } from 'node:crypto';
import { serialize } from 'node:v8';
import { LRUCache } from 'lru-cache';

/**
 * Results by the content they were made of, so that nobody can have the same made twice. Bounded by the bytes of the results; the one
 * used least recently is dropped first.
 */
export class ContentCache<Result extends string | Uint8Array> {
  private readonly making = new Map<string, Promise<Result>>();
  private readonly made: LRUCache<string, Promise<Result>>;
  private readonly failureBytes: number;

  constructor(maxBytes: number, maxFailures = 100) {
    this.made = new LRUCache({ maxSize: maxBytes });
    this.failureBytes = Math.ceil(maxBytes / maxFailures);
  }

  /** Made once, also while it is being made. Where making it fails, that is kept too if `isLasting` says so of the error. */
  of(content: unknown, make: () => Promise<Result>, isLasting: (error: unknown) => boolean): Promise<Result> {
    const key = keyOf(content);
    return this.made.get(key) ?? this.making.get(key) ?? this.begin(key, make(), isLasting);
  }

  private begin(
    key: string,
    result: Promise<Result>,
    isLasting: (error: unknown) => boolean,
  ): Promise<Result> {
    const settle = (size: number | undefined) => {
      this.making.delete(key);
      if (size !== undefined) this.made.set(key, result, { size: Math.max(1, size) });
    };
    this.making.set(key, result);
    result.then(
      (value) => settle(Buffer.byteLength(value)),
      (error: unknown) => settle(isLasting(error) ? this.failureBytes : undefined),
    );
    return result;
  }
}

const keyOf = (content: unknown): string => createHash('sha256').update(serialize(content)).digest('base64');
