/** An Instant, as SQL, of a column that is a timestamptz. */
export const writtenInstant = (column: string): string =>
  `to_char(${column} AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`;
