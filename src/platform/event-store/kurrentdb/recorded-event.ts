import type { AllStreamResolvedEvent, ResolvedEvent } from '@kurrent/kurrentdb-client';
import { instant, type Instant } from '../../../shared/instant.js';
import type { EventToAppend, JsonObject, RecordedEvent } from '../event-store.js';

type Resolved = ResolvedEvent | AllStreamResolvedEvent;

/** Beside the caller's metadata, and kept from readers: what the port needs to know of an event and KurrentDB can't tell. */
const ownKey = '_store';

interface Own {
  /** Which append wrote the event: it tells an append from its repetition. */
  append?: string;
  /** For an event from another log: when that one took it. */
  recordedAt?: Instant;
}

export const toProposedEvent = ({ id, type, data, metadata }: EventToAppend, own: Own) => ({
  contentType: 'application/json' as const,
  id,
  type,
  data,
  metadata: { ...metadata, [ownKey]: own },
});

/** An event, and which append wrote it. Revisions count from 1 here, from 0 in KurrentDB. */
export interface ReadEvent {
  event: RecordedEvent;
  append: string | undefined;
}

/** Where an event stands in the log. Throws where a server older than 22.6 does not say. */
export const positionOf = ({ event }: Resolved): bigint => {
  if (!event?.position) throw new Error('KurrentDB sent an event without its position');
  return event.position.commit;
};

/** Throws where an event is none of the port's. */
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
