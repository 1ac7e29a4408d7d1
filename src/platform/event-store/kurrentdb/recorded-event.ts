import type { AllStreamResolvedEvent, ResolvedEvent } from '@kurrent/kurrentdb-client';
import { instant, type Instant } from '../../../shared/instant.js';
import type { EventToAppend, JsonObject, RecordedEvent } from '../event-store.js';

type Resolved = ResolvedEvent | AllStreamResolvedEvent;

/** The key, in an event's metadata, of what the port needs to know of the event and KurrentDB does not keep. Readers don't see it. */
const ownKey = '_store';

interface Own {
  /** The id of the append that wrote the event: it distinguishes an append from its repetition. */
  append?: string;
  /** For an event restored from another log: when that log recorded it. */
  recordedAt?: Instant;
}

export const toProposedEvent = ({ id, type, data, metadata }: EventToAppend, own: Own) => ({
  contentType: 'application/json' as const,
  id,
  type,
  data,
  metadata: { ...metadata, [ownKey]: own },
});

/** An event with the id of the append that wrote it. Revisions count from 1 here, from 0 in KurrentDB. */
export interface ReadEvent {
  event: RecordedEvent;
  append: string | undefined;
}

/** An event's position in the log. Throws when the server, being older than 22.6, does not send it. */
export const positionOf = ({ event }: Resolved): bigint => {
  if (!event?.position) throw new Error('KurrentDB sent an event without its position');
  return event.position.commit;
};

/** An event of KurrentDB as an event of the port. Throws when its data are not JSON, which no event of the port's is. */
export const toRecordedEvent = (resolved: Resolved): ReadEvent => {
  const { event } = resolved;
  if (!event?.isJson) throw new Error(`event ${event?.id} of ${event?.streamId} is not JSON`);
  const { [ownKey]: own = {}, ...metadata } = (event.metadata ?? {}) as JsonObject & { [ownKey]?: Own };
  return {
    event: {
      id: event.id,
      type: event.type,
      data: event.data as JsonObject,
      metadata,
      stream: event.streamId,
      revision: Number(event.revision) + 1,
      position: positionOf(resolved),
      recordedAt: own.recordedAt ?? instant(event.created),
    },
    append: own.append,
  };
};
