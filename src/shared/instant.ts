/**
 * An instant in UTC with milliseconds: `2026-05-15T12:12:33.120Z`, always 24 characters (years 0000 to 9999),
 * so that comparing two of them as strings compares them as times.
 */
export type Instant = string & { readonly instant: unique symbol };

const written = '0000-00-00T00:00:00.000Z'.length;

/**
 * The instant of a Date, of an RFC 3339 text or of a count of milliseconds since 1970. Throws RangeError where that is no time, or is
 * outside the years 0000 to 9999.
 */
export const instant = (value: Date | string | number): Instant => {
  const iso = new Date(value).toISOString();
  if (iso.length !== written) throw new RangeError(`${iso} is beyond the years 0000 to 9999`);
  return iso as Instant;
};

export const milliseconds = (at: Instant): number => Date.parse(at);

export const laterOf = (a: Instant, b: Instant): Instant => (a >= b ? a : b);

export const isAfter = (at: Instant, durationMs: number): Instant =>
  durationMs === 0 ? at : instant(milliseconds(at) + durationMs);
