import { EventTooLarge, type Append, type EventToAppend } from './event-store.js';

/** The largest event, in bytes of data and metadata as JSON in UTF-8: KurrentDB's smallest limit, 1 MiB, less room for what it adds. */
export const maxEventBytes = 1_000_000;

/** A batch of a subscription ends with the event that brings it to this many bytes, four of the largest events. */
export const maxBatchBytes = 4_000_000;

/** Throws EventTooLarge when an event exceeds `maxEventBytes`, the limit for both engines, so that both take the same events. */
export const assertEventSizes = ({ events }: Pick<Append, 'events'>): void => {
  for (const event of events) {
    // Nearly every event is far below the limit: writing its JSON for this check alone would cost five times as much (measured).
    if (atMost(event.data) + atMost(event.metadata) <= maxEventBytes) continue;
    const size = eventSize(event);
    if (size > maxEventBytes) throw new EventTooLarge(size, maxEventBytes);
  }
};

/** The exact size of an event in bytes: data and metadata as JSON in UTF-8. */
export const eventSize = ({ data, metadata }: Pick<EventToAppend, 'data' | 'metadata'>): number =>
  Buffer.byteLength(JSON.stringify(data)) + Buffer.byteLength(JSON.stringify(metadata));

/** An upper bound for the bytes of a value's JSON: a character becomes \uXXXX at most, and a number -1.2345678901234567e+100. */
const atMost = (value: unknown): number => {
  if (typeof value === 'string') return 2 + 6 * value.length;
  if (typeof value !== 'object' || value === null) return 25;
  let bytes = 2;
  for (const [key, member] of Object.entries(value)) bytes += 4 + 6 * key.length + atMost(member);
  return bytes;
};

/** About how many bytes an event takes in memory, without writing its JSON. */
export const roughEventSize = ({ data, metadata }: Pick<EventToAppend, 'data' | 'metadata'>): number =>
  roughly(data) + roughly(metadata);

/** Counts two bytes for each character of a string. */
const roughly = (value: unknown): number => {
  if (typeof value === 'string') return 2 * value.length;
  if (typeof value !== 'object' || value === null) return 8;
  let bytes = 16;
  for (const member of Object.values(value)) bytes += 16 + roughly(member);
  return bytes;
};
