import type { Connection } from './connection/connection.js';
import type { StoredEvent } from './connection/read-response.js';

/** The first event after a position; undefined where the log holds none there. Two are read, since a read includes the event at the position. */
export const eventAfter = async (
  connection: Connection,
  position: bigint,
): Promise<StoredEvent | undefined> => {
  const found = await connection.read({ position }, 2);
  return found.find((event) => event.position > position);
};
