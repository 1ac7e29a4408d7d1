import { markOf, noMark } from '../bookmark.js';
import type { Connection } from './connection/connection.js';
import { toRecordedEvent, positionOf } from './recorded-event.js';

/** As EventStore.markAt: of the newest event of ours at the position or before it. Read backwards, a position itself is left out. */
export const markAt = async (connection: Connection, position: bigint): Promise<string> => {
  if (position === 0n) return noMark;
  const [at] = await connection.read({ position }, 1);
  if (at && positionOf(at) === position) return markOf(toRecordedEvent(at).event);
  const [before] = await connection.read({ backwards: true, before: position }, 1);
  return before ? markOf(toRecordedEvent(before).event) : noMark;
};
