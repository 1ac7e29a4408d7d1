import type { CustomTypesConfig } from 'pg';
import { raw, sql, type Sql } from '../../database/sql.js';
import { instant, type Instant } from '../../../shared/instant.js';
import type { JsonObject, RecordedEvent } from '../event-store.js';

/** recordedAt as milliseconds since 1970, which spares both sides formatting and parsing a date. */
const recordedAtMs = raw('floor(extract(epoch FROM recorded_at) * 1000)::bigint');

export const eventColumns = sql`position, stream, revision, event_id, type, data, metadata,
  ${recordedAtMs}`;

/** The same columns, but without data and metadata for the event at `after`: its reader only checks that the log still holds it. */
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

/** Leaves every column as the text that PostgreSQL sent: the driver's conversions would take half the time of reading the log. */
export const asText: CustomTypesConfig = { getTypeParser: () => (value: string) => value };

/** An event as a row; its JSON is parsed at the first use. */
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
  /** The length of the event's JSON, in characters. */
  get characters(): number {
    return this.row[5].length + this.row[6].length;
  }
  get recordedAt(): Instant {
    return (this.writtenRecordedAt ??= instant(Number(this.row[7])));
  }
}
