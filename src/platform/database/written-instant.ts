/** SQL that makes an Instant, an ISO 8601 text in UTC with milliseconds, of a timestamptz column. */
export const writtenInstant = (column: string): string =>
  `to_char(${column} AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`;
