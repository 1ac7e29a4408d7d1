import { LRUCache } from 'lru-cache';

/** In UTF-16 units, of both forms together: some 16 MiB. */
const maxSize = 8 * 2 ** 20;

interface Decrypted {
  /** As it stands in the log. */
  text: string;
  plain: string;
}

/**
 * Texts that were decrypted lately: a ticket that is worked on is read again and again, by its id and by each command, and to decrypt its
 * texts takes a tenth of such a read. In memory only, for as long as keys are kept there, and never beyond a key's destruction.
 */
export class DecryptedTexts {
  private readonly kept: LRUCache<string, Decrypted>;

  constructor(ttlMs: number) {
    this.kept = new LRUCache({
      maxSize,
      ttl: ttlMs,
      sizeCalculation: ({ text, plain }) => text.length + plain.length,
    });
  }

  /** Undefined where it is not kept, or where another text stands in the log now: what was changed there must not be hidden. */
  find(about: string, text: string): string | undefined {
    const found = this.kept.get(about);
    return found?.text === text ? found.plain : undefined;
  }

  keep(about: string, decrypted: Decrypted): void {
    this.kept.set(about, decrypted);
  }

  clear(): void {
    this.kept.clear();
  }
}
