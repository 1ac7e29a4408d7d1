import { sql, type Sql } from '../../platform/database/sql.js';
import type { Instant } from '../../shared/instant.js';
import { ReportedTickets } from '../projections/reported-tickets.projection.js';

const { name } = new ReportedTickets();

/** The position up to which reports are served. */
export const selectReportedPosition = (): Sql =>
  sql`SELECT position FROM projections.served WHERE name = ${name}::text`;

/** The last position that reports count of those recorded by an instant. */
export const selectPositionByInstant = (at: Instant): Sql => sql`
  SELECT from_position AS position FROM reports.versions WHERE recorded_at <= ${at}::timestamptz
   ORDER BY recorded_at DESC, from_position DESC LIMIT 1`;

/** When the last event that reports count up to a position was recorded. */
export const selectRecordedAt = (position: bigint): Sql => sql`
  SELECT recorded_at FROM reports.versions WHERE from_position <= ${String(position)}::bigint
   ORDER BY from_position DESC LIMIT 1`;
