import { randomUUID } from 'node:crypto';
import { VersionConflict } from '../event-store.js';
import type { Appends } from './appends.js';
import type { Connection } from './connection/connection.js';
import { toRecordedEvent } from './recorded-event.js';
import { identityStream } from './connection/streams.js';

/** Which log this is: told by the one event of a stream of its own. Whoever asks first writes it; a new stream has one first. */
export const readLogIdentity = async (connection: Connection, appends: Appends): Promise<string> => {
  const known = await knownIdentity(connection);
  if (known !== undefined) return known;
  const identity = randomUUID();
  try {
    await appends.append({
      stream: identityStream,
      expectedRevision: 0,
      events: [{ id: identity, type: 'LogIdentified', data: { identity }, metadata: {} }],
    });
    return identity;
  } catch (error) {
    if (!(error instanceof VersionConflict)) throw error;
    return readLogIdentity(connection, appends);
  }
};

/** Undefined where nobody has used this KurrentDB as a log yet. */
export const knownIdentity = async (connection: Connection): Promise<string | undefined> => {
  const [first] = await connection.read({ stream: identityStream, revision: 0 }, 1);
  return first && String(toRecordedEvent(first).event.data.identity);
};
