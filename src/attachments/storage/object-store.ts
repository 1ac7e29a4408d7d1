import { DeleteObjectCommand, GetObjectCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { Readable } from 'node:stream';
import { messageOf } from '../../shared/message-of.js';
import { AttachmentStore, StoreUnavailable, type ObjectKey } from './attachment-store.js';

/** How long a store may be silent. */
const connectionTimeoutMs = 5_000;
const requestTimeoutMs = 30_000;

/** An S3-compatible store. It has an object whole, or does not have it: nothing unfinished is ever seen. */
export class ObjectStore extends AttachmentStore {
  private readonly client: S3Client;
  private readonly bucket: string;

  /** `s3://key:secret@host:port/bucket?region=…&tls=…`. */
  constructor(url: string) {
    super();
    const { host, username, password, pathname, searchParams } = new URL(url);
    const scheme = searchParams.get('tls') === 'false' ? 'http' : 'https';
    this.bucket = pathname.replaceAll('/', '');
    this.client = new S3Client({
      endpoint: `${scheme}://${host}`,
      region: searchParams.get('region') ?? 'us-east-1',
      credentials: {
        accessKeyId: decodeURIComponent(username),
        secretAccessKey: decodeURIComponent(password),
      },
      // What is its own host is no host of buckets.
      forcePathStyle: true,
      // Not every store knows checksums in trailers; what is read is verified when it is decrypted.
      requestChecksumCalculation: 'WHEN_REQUIRED',
      responseChecksumValidation: 'WHEN_REQUIRED',
      // A stream can be sent once.
      maxAttempts: 1,
      requestHandler: { connectionTimeout: connectionTimeoutMs, requestTimeout: requestTimeoutMs },
    });
  }

  async put(key: ObjectKey, bytes: AsyncIterable<Uint8Array>, size: number | undefined): Promise<void> {
    const source = new WatchedSource(bytes);
    const body =
      size === undefined ? await source.whole() : Readable.from(source.parts(), { objectMode: false });
    const length = size ?? (body as Buffer).length;
    try {
      await this.client.send(new PutObjectCommand({ ...this.at(key), Body: body, ContentLength: length }));
    } catch (error) {
      // What the sender of the bytes did is no fault of the store.
      throw source.failure ?? unavailable(error);
    } finally {
      if (body instanceof Readable) body.destroy();
    }
  }

  async open(key: ObjectKey): Promise<Readable | undefined> {
    try {
      const { Body: body } = await this.client.send(new GetObjectCommand(this.at(key)));
      return body as Readable;
    } catch (error) {
      if (isMissing(error)) return undefined;
      throw unavailable(error);
    }
  }

  async delete(key: ObjectKey): Promise<void> {
    try {
      await this.client.send(new DeleteObjectCommand(this.at(key)));
    } catch (error) {
      if (!isMissing(error)) throw unavailable(error);
    }
  }

  sweep(): Promise<void> {
    return Promise.resolve();
  }

  close(): Promise<void> {
    this.client.destroy();
    return Promise.resolve();
  }

  private at({ ticketId, attachmentId, form }: ObjectKey): { Bucket: string; Key: string } {
    return { Bucket: this.bucket, Key: `${ticketId}/${attachmentId}.${form}` };
  }
}

/** Bytes that are read by somebody who wraps the errors of reading them: they are kept as they were. */
class WatchedSource {
  failure: Error | undefined;

  constructor(private readonly bytes: AsyncIterable<Uint8Array>) {}

  async *parts(): AsyncGenerator<Uint8Array> {
    try {
      yield* this.bytes;
    } catch (error) {
      this.failure = error as Error;
      throw error;
    }
  }

  /** A store has to be told how long an object is: one that does not say so, of ten megabytes at most, is gathered first. */
  async whole(): Promise<Buffer> {
    const parts: Uint8Array[] = [];
    for await (const part of this.bytes) parts.push(part);
    return Buffer.concat(parts);
  }
}

const isMissing = (error: unknown): boolean => (error as { name?: string }).name === 'NoSuchKey';

const unavailable = (cause: unknown): StoreUnavailable =>
  new StoreUnavailable(`the store of attachments: ${messageOf(cause)}`, { cause });
