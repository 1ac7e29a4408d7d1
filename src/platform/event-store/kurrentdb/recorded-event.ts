import { instant, type Instant } from '../../../shared/instant.js';
import type { EventToAppend, JsonObject, RecordedEvent } from '../event-store.js';
import type { ProposedEvent } from './connection/append-call.js';
import type { StoredEvent } from './connection/read-response.js';

/** The key, in an event's metadata, of what the port needs to know of the event and KurrentDB does not keep. Readers don't see it. */
const ownKey = '_store';

interface Own {
  /** The id of the append that wrote the event: it distinguishes an append from its repetition. */
  append?: string;
  /** For an event restored from another log: when that log recorded it. */
  recordedAt?: Instant;
}

export const toProposedEvent = ({ id, type, data, metadata }: EventToAppend, own: Own): ProposedEvent => ({
  id,
  type,
  data: Buffer.from(JSON.stringify(data)),
  metadata: Buffer.from(JSON.stringify({ ...metadata, [ownKey]: own })),
});

/** An event with the id of the append that wrote it. Revisions count from 1 here, from 0 in KurrentDB. */
export interface ReadEvent {
  event: RecordedEvent;
  append: string | undefined;
}

/** An event of KurrentDB as an event of the port. Throws when its data are not JSON, which no event of the port's is. */
export const toRecordedEvent = (stored: StoredEvent): ReadEvent => {
  const { id, stream, type, position } = stored;
  if (stored.contentType !== 'application/json') throw notJson(stored);
  const own = parsed(stored.metadata, stored) as JsonObject & { [ownKey]?: Own };
  const { [ownKey]: { append, recordedAt } = {}, ...metadata } = own;
  return {
    event: {
      id,
      type,
      data: parsed(stored.data, stored),
      metadata,
      stream,
      revision: stored.revision + 1,
      position,
      recordedAt: recordedAt ?? createdAt(stored),
    },
    append,
  };
};

/** An instant has milliseconds. */
const createdAt = ({ created }: StoredEvent): Instant => instant(Number(created.slice(0, -4)));

const parsed = (bytes: Buffer, event: StoredEvent): JsonObject => {
  if (bytes.length === 0) return {};
  try {
    return JSON.parse(bytes.toString('utf8')) as JsonObject;
  } catch (error) {
    throw notJson(event, error);
  }
};

const notJson = ({ id, stream }: StoredEvent, cause?: unknown): Error =>
  new Error(`event ${id} of ${stream} is not JSON`, { cause });
