import { randomUUID } from 'node:crypto';
import { VersionConflict } from '../event-store.js';
import type { Appends } from './appends.js';
import type { Connection } from './connection/connection.js';
import { toRecordedEvent } from './recorded-event.js';
import { identityStream } from './connection/streams.js';

/**
 * The log's identity, which is in the one event of a stream of its own. The first process to ask writes it; when several ask at once, only
 * one append to the new stream succeeds, and the others read it.
 */
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

/** The log's identity; undefined when this KurrentDB has not been used as a log yet. */
export const knownIdentity = async (connection: Connection): Promise<string | undefined> => {
  const [first] = await connection.read({ stream: identityStream, revision: 0 }, 1);
  return first && String(toRecordedEvent(first).event.data.identity);
};
