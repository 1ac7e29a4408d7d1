const two = (value: number): string => String(value).padStart(2, '0');

/** An instant in RFC 3339 with the device's UTC offset. `offsetMinutes` are positive east of UTC. */
export const deviceTime = (at: Date, offsetMinutes: number = -at.getTimezoneOffset()): string => {
  const local = new Date(at.getTime() + offsetMinutes * 60_000).toISOString().slice(0, -1);
  const size = Math.abs(offsetMinutes);
  const offset = `${two(Math.floor(size / 60))}:${two(size % 60)}`;
  return `${local}${offsetMinutes < 0 ? '-' : '+'}${offset}`;
};
