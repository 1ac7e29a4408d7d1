import { markOf, noMark } from '../bookmark.js';
import type { Connection } from './connection/connection.js';
import { toRecordedEvent } from './recorded-event.js';

/**
 * EventStore.markAt for KurrentDB. It reads at the position and then backwards, since a backwards read excludes the position itself.
 * A log that went back may end before the position: there the server refuses to read backwards from it.
 */
export const markAt = async (connection: Connection, position: bigint): Promise<string> => {
  if (position === 0n) return noMark;
  const [at] = await connection.read({ position }, 1);
  if (at?.position === position) return markOf(toRecordedEvent(at).event);
  const [last] = await connection.read({ backwards: true }, 1);
  const isBeyond = !last || last.position < position;
  const [before] = isBeyond ? [last] : await connection.read({ backwards: true, before: position }, 1);
  return before ? markOf(toRecordedEvent(before).event) : noMark;
};
