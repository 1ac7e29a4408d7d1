import { instant, type Instant } from '../../../shared/instant.js';
import type { JsonObject, RecordedEvent } from '../event-store.js';

/** The order that CopiedEvent finds them in: those of fixed length first. */
export const copiedColumns = (data = 'data'): string =>
  `position, revision, event_id, recorded_at, stream, type, ${data}, metadata`;
const columnCount = 8;

// Where they lie in a tuple of COPY's binary format: two bytes that count the fields, and four before each with its length.
const positionAt = 2 + 4;
const revisionAt = positionAt + 8 + 4;
const idAt = revisionAt + 4 + 4;
const recordedAtAt = idAt + 16 + 4;
const streamAt = recordedAtAt + 8 + 4;
const lengthBytes = 4;

/** Where the tuple that begins there ends; undefined where it has not come whole. */
export const endOfTuple = (page: Buffer, start: number): number | undefined => {
  let at = start + 2;
  for (let column = 0; column < columnCount; column += 1) {
    if (at + lengthBytes > page.length) return undefined;
    at += lengthBytes + page.readInt32BE(at);
  }
  return at <= page.length ? at : undefined;
};

/** PostgreSQL counts microseconds from 2000 on. */
const epochMs = Date.UTC(2000, 0, 1);

/** Events that were written together have one time, and to write a date takes as long as to read an event. */
let latest = { microseconds: 0n, instant: instant(epochMs) };

/**
 * An event as COPY wrote it. What a consumer does not look at stays bytes, and what it looks at is made anew each time: objects
 * that are kept with their event would live long enough to be copied about by the garbage collector, which took a quarter of the
 * time it takes to fold the log.
 */
export class CopiedEvent implements RecordedEvent {
  readonly position: bigint;
  readonly stream: string;
  /** Where the next tuple begins. */
  readonly end: number;
  private readonly typeAt: number;
  private readonly dataAt: number;
  private readonly metadataAt: number;

  constructor(
    private readonly page: Buffer,
    private readonly start: number,
  ) {
    this.position = page.readBigInt64BE(start + positionAt);
    this.typeAt = this.after(start + streamAt);
    this.dataAt = this.after(this.typeAt);
    this.metadataAt = this.after(this.dataAt);
    this.end = this.after(this.metadataAt) - lengthBytes;
    this.stream = this.text(start + streamAt);
  }

  get revision(): number {
    return this.page.readInt32BE(this.start + revisionAt);
  }
  get id(): string {
    const hex = this.page.toString('hex', this.start + idAt, this.start + idAt + 16);
    return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-');
  }
  get recordedAt(): Instant {
    const microseconds = this.page.readBigInt64BE(this.start + recordedAtAt);
    if (microseconds !== latest.microseconds) {
      latest = { microseconds, instant: instant(epochMs + Number(microseconds / 1000n)) };
    }
    return latest.instant;
  }
  get type(): string {
    return this.text(this.typeAt);
  }
  get data(): JsonObject {
    return JSON.parse(this.text(this.dataAt)) as JsonObject;
  }
  get metadata(): JsonObject {
    return JSON.parse(this.text(this.metadataAt)) as JsonObject;
  }

  private text(at: number): string {
    return this.page.toString('utf8', at, at + this.lengthOf(at));
  }

  private after(at: number): number {
    return at + this.lengthOf(at) + lengthBytes;
  }

  /** Of the field that begins there. */
  private lengthOf(at: number): number {
    return this.page.readInt32BE(at - lengthBytes);
  }
}
