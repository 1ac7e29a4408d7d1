import type { CustomTypesConfig } from 'pg';
import { raw, sql, type Sql } from '../../database/sql.js';
import { instant, type Instant } from '../../../shared/instant.js';
import type { JsonObject, RecordedEvent } from '../event-store.js';

/** Milliseconds since 1970 spare both sides a date's text. */
const recordedAtMs = raw('floor(extract(epoch FROM recorded_at) * 1000)::bigint');

export const eventColumns = sql`position, stream, revision, event_id, type, data, metadata,
  ${recordedAtMs}`;

/** The same without what is large of the first: whoever has read that needs no more than to know that it is still there. */
export const columnsAfter = (after: Sql): Sql => sql`position, stream, revision, event_id, type,
  CASE WHEN position > ${after} THEN data END, CASE WHEN position > ${after} THEN metadata END,
  ${recordedAtMs}`;

export type EventRow = [
  position: string,
  stream: string,
  revision: string,
  id: string,
  type: string,
  data: string,
  metadata: string,
  recordedAtMs: string,
];

/** Every column as PostgreSQL wrote it: the driver's own conversions would take half the time of reading the log. */
export const asText: CustomTypesConfig = { getTypeParser: () => (value: string) => value };

/** An event as it was read; its JSON is parsed when someone looks at it. */
export class RecordedRow implements RecordedEvent {
  readonly position: bigint;
  private parsedData: JsonObject | undefined;
  private parsedMetadata: JsonObject | undefined;
  private writtenRecordedAt: Instant | undefined;

  constructor(private readonly row: Readonly<EventRow> | readonly [...EventRow, ...string[]]) {
    this.position = BigInt(row[0]);
  }

  get stream(): string {
    return this.row[1];
  }
  get revision(): number {
    return Number(this.row[2]);
  }
  get id(): string {
    return this.row[3];
  }
  get type(): string {
    return this.row[4];
  }
  get data(): JsonObject {
    return (this.parsedData ??= JSON.parse(this.row[5]) as JsonObject);
  }
  get metadata(): JsonObject {
    return (this.parsedMetadata ??= JSON.parse(this.row[6]) as JsonObject);
  }
  /** Of its JSON. */
  get characters(): number {
    return this.row[5].length + this.row[6].length;
  }
  get recordedAt(): Instant {
    return (this.writtenRecordedAt ??= instant(Number(this.row[7])));
  }
}
