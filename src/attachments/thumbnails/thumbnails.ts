import { Inject, Injectable, type OnModuleDestroy } from '@nestjs/common';
import { LRUCache } from 'lru-cache';
import pLimit from 'p-limit';
import type { Logger } from 'pino';
import { LOGGER } from '../../platform/observability/logger.js';
import { LimitedThread } from '../../platform/threads/limited-thread.js';
import { DomainError } from '../../shared/problems/domain-error.js';
import type { Attachment } from '../../tickets/index.js';
import { FileVault } from '../storage/file-vault.js';
import { dimensionsOf } from './dimensions.js';
import { makeThumbnail, type ThumbnailTask } from './make-thumbnail.js';

const contentType = 'image/jpeg';
/** Unpacked they take four bytes a pixel, and as much again while they are made smaller. */
const maxPixels = 25_000_000;
const limits = { ms: 15_000, megabytes: 256, waiting: 1 };
/** The files of those that wait are not in memory yet. */
const maxWaiting = 50;

/** Only what is built runs in a thread: a server from the sources does the work itself. */
const isBuilt = import.meta.url.endsWith('.js');

interface Thumbnail {
  bytes: readonly Uint8Array[];
  size: number;
  contentType: string;
  name: string;
}

/** Thumbnails of images, each made once, when it is first asked for, and kept beside its file, encrypted like it. */
@Injectable()
export class Thumbnails implements OnModuleDestroy {
  private readonly thread = new LimitedThread<ThumbnailTask, Uint8Array>(
    new URL('./thumbnails-worker.js', import.meta.url),
    limits,
  );
  private readonly one = pLimit(1);
  private readonly making = new Map<string, Promise<Buffer>>();
  /** Images that come to nothing are not tried again and again. */
  private readonly hopeless = new LRUCache<string, true>({ max: 10_000 });

  constructor(
    private readonly vault: FileVault,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  async onModuleDestroy(): Promise<void> {
    await this.thread.stop();
  }

  /** Throws `thumbnail-not-available`, and `unavailable` while too many wait. */
  async of(ticketId: string, attachment: Attachment): Promise<Thumbnail> {
    const { attachmentId, name } = attachment;
    if (!isImage(attachment)) throw new DomainError('thumbnail-not-available');
    const kept = await this.vault.open({ ticketId, attachmentId, form: 'thumbnail' });
    const bytes = kept ? await whole(kept) : await this.made(ticketId, attachment);
    return { bytes: [bytes], size: bytes.length, contentType, name: `${name.replace(/\.\w+$/, '')}.jpg` };
  }

  private made(ticketId: string, attachment: Attachment): Promise<Buffer> {
    const { attachmentId } = attachment;
    if (this.hopeless.has(attachmentId)) throw new DomainError('thumbnail-not-available');
    const known = this.making.get(attachmentId);
    if (known) return known;
    if (this.one.pendingCount >= maxWaiting) throw new DomainError('unavailable');
    const making = this.one(() => this.make(ticketId, attachment)).finally(() =>
      this.making.delete(attachmentId),
    );
    this.making.set(attachmentId, making);
    return making;
  }

  private async make(ticketId: string, attachment: Attachment): Promise<Buffer> {
    const { attachmentId } = attachment;
    const original = await this.vault.open({ ticketId, attachmentId, form: 'original' });
    if (!original) throw new DomainError('attachment-not-found');
    const thumbnail = await this.smaller(await whole(original), attachment);
    await this.keep(ticketId, attachmentId, thumbnail);
    return thumbnail;
  }

  private async smaller(bytes: Buffer, { attachmentId, contentType }: Attachment): Promise<Buffer> {
    const size = dimensionsOf(bytes, contentType);
    try {
      if (!size || size.width * size.height > maxPixels) throw new Error('it is too large, or says no size');
      const task = { bytes, contentType };
      return Buffer.from(await (isBuilt ? this.thread.run(task) : makeThumbnail(task)));
    } catch (cause) {
      this.hopeless.set(attachmentId, true);
      throw new DomainError('thumbnail-not-available', { cause });
    } finally {
      // WebAssembly gives no memory back; and one that failed may not be sound any more.
      if (this.one.pendingCount === 0) await this.thread.stop();
    }
  }

  /** It is shown also where it can't be kept. One of a ticket that was erased meanwhile is taken away again. */
  private async keep(ticketId: string, attachmentId: string, thumbnail: Buffer): Promise<void> {
    const key = { ticketId, attachmentId, form: 'thumbnail' } as const;
    try {
      await this.vault.put(key, oneOf(thumbnail), thumbnail.length);
      if (await this.vault.isErased(ticketId)) await this.vault.delete(key);
    } catch (error) {
      this.logger.warn({ err: error, attachmentId }, 'a thumbnail was not kept');
    }
  }
}

const isImage = ({ contentType: type }: Attachment): boolean =>
  ['image/jpeg', 'image/png', 'image/webp'].includes(type);

const whole = async (bytes: AsyncIterable<Uint8Array>): Promise<Buffer> => {
  const parts: Uint8Array[] = [];
  for await (const part of bytes) parts.push(part);
  return Buffer.concat(parts);
};

// eslint-disable-next-line @typescript-eslint/require-await -- a stream of what is there already
async function* oneOf(bytes: Buffer): AsyncGenerator<Buffer> {
  yield bytes;
}
