import type { Readable } from 'node:stream';

/** What is stored: the bytes of a file, or of its thumbnail, encrypted by whoever gives them. */
export interface ObjectKey {
  ticketId: string;
  attachmentId: string;
  form: 'original' | 'thumbnail';
}

/** The store does not answer, or takes nothing now: it may later. */
export class StoreUnavailable extends Error {}

/** Where the bytes of files are. Each throws StoreUnavailable where the store is away or full. */
export abstract class AttachmentStore {
  /**
   * Stores all of it, or nothing; once it resolves, the bytes outlive a power cut. What is read of `bytes` may fail: then nothing is kept,
   * and it is thrown as it is. `size` is how many bytes there will be, where that is known.
   */
  abstract put(key: ObjectKey, bytes: AsyncIterable<Uint8Array>, size: number | undefined): Promise<void>;

  /** Undefined where there is no such object. The stream has to be read to its end, or destroyed. */
  abstract open(key: ObjectKey): Promise<Readable | undefined>;

  /** What is not there is deleted already. */
  abstract delete(key: ObjectKey): Promise<void>;

  /** Takes away what a process that was killed has left unfinished. */
  abstract sweep(): Promise<void>;

  abstract close(): Promise<void>;
}
