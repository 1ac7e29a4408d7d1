import type streams from '@kurrent/kurrentdb-client/generated/kurrentdb/protocols/v1/streams_pb.js';
import { instant, type Instant } from '../../../shared/instant.js';
import type { EventToAppend, JsonObject, RecordedEvent } from '../event-store.js';
import type { ProposedEvent } from './connection/append-call.js';

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

export const positionOf = (read: streams.ReadResp.ReadEvent): bigint =>
  BigInt(recorded(read).getCommitPosition());

export const idOf = (read: streams.ReadResp.ReadEvent): string => recorded(read).getId()?.getString() ?? '';

/** An event of KurrentDB as an event of the port. Throws when its data are not JSON, which no event of the port's is. */
export const toRecordedEvent = (read: streams.ReadResp.ReadEvent): ReadEvent => {
  const found = recorded(read);
  const about = found.getMetadataMap();
  const id = idOf(read);
  const stream = text(found.getStreamIdentifier()?.getStreamName_asU8());
  const notJson = `event ${id} of ${stream} is not JSON`;
  if (about.get('content-type') !== 'application/json') throw new Error(notJson);
  const own = parsed(found.getCustomMetadata_asU8(), notJson) as JsonObject & { [ownKey]?: Own };
  const { [ownKey]: { append, recordedAt } = {}, ...metadata } = own;
  return {
    event: {
      id,
      type: about.get('type') ?? '',
      data: parsed(found.getData_asU8(), notJson),
      metadata,
      stream,
      revision: Number(found.getStreamRevision()) + 1,
      position: positionOf(read),
      recordedAt: recordedAt ?? createdAt(about.get('created')),
    },
    append,
  };
};

const recorded = (read: streams.ReadResp.ReadEvent): streams.ReadResp.ReadEvent.RecordedEvent => {
  const found = read.getEvent();
  if (!found) throw new Error('KurrentDB sent a link to an event that is gone');
  return found;
};

/** KurrentDB gives times in units of 100 ns since 1970. They are too large for a number; an instant has milliseconds. */
const createdAt = (ticks = ''): Instant => instant(Number(ticks.slice(0, -4)));

const text = (bytes: Uint8Array | undefined): string =>
  bytes ? Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('utf8') : '';

const parsed = (bytes: Uint8Array, orElse: string): JsonObject => {
  if (bytes.length === 0) return {};
  try {
    return JSON.parse(text(bytes)) as JsonObject;
  } catch (error) {
    throw new Error(orElse, { cause: error });
  }
};
