import { instant, type Instant } from '../../../shared/instant.js';
import type { JsonObject, RecordedEvent } from '../event-store.js';

/** The columns of a COPY in the order in which CopiedEvent reads them: those of fixed length first. */
export const copiedColumns = (data = 'data'): string =>
  `position, revision, event_id, recorded_at, stream, type, ${data}, metadata`;
const columnCount = 8;

// Offsets of the fields in a tuple of COPY's binary format, which has two bytes for the number of fields, and four before each field
// for its length.
const positionAt = 2 + 4;
const revisionAt = positionAt + 8 + 4;
const idAt = revisionAt + 4 + 4;
const recordedAtAt = idAt + 16 + 4;
const streamAt = recordedAtAt + 8 + 4;
const lengthBytes = 4;

/** Where the tuple that begins at `start` ends; undefined when the page does not hold it whole. */
export const endOfTuple = (page: Buffer, start: number): number | undefined => {
  let at = start + 2;
  for (let column = 0; column < columnCount; column += 1) {
    if (at + lengthBytes > page.length) return undefined;
    at += lengthBytes + page.readInt32BE(at);
  }
  return at <= page.length ? at : undefined;
};

/** PostgreSQL's epoch: its timestamps count microseconds since 2000. */
const epochMs = Date.UTC(2000, 0, 1);

/** The last time that was formatted. Events that were written together have the same, and formatting takes as long as reading an event. */
let latest = { microseconds: 0n, instant: instant(epochMs) };

/**
 * An event as COPY wrote it. Fields that a consumer does not read stay bytes, and a field that it reads is decoded anew each time:
 * objects kept with their event would live long enough to be copied by the garbage collector, which took a quarter of the time that
 * folding the log takes.
 */
export class CopiedEvent implements RecordedEvent {
  readonly position: bigint;
  readonly stream: string;
  /** The offset at which the next tuple begins. */
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

  /** The length, in bytes, of the field that begins at `at`. */
  private lengthOf(at: number): number {
    return this.page.readInt32BE(at - lengthBytes);
  }
}
