import type { EventToAppend, RecordedEvent } from '../../platform/event-store/event-store.js';
import type { Instant } from '../../shared/instant.js';
import type { BulletinEvent } from './bulletin.events.js';

/** What is kept beside each event. */
interface BulletinEventMetadata {
  schemaVersion: number;
  /** Subject of the token that asked. */
  actor: string;
  occurredAt: Instant;
  correlationId: string;
}

/** The names are those of the wire: literals that stay. The version is the one written now. */
const versions: Record<BulletinEvent['type'], number> = {
  BulletinDrafted: 1,
  BulletinPublished: 1,
  BulletinRevised: 1,
  RevisionExplained: 1,
};

/** An event as the store takes it. */
export const encodeBulletinEvent = (
  id: string,
  event: BulletinEvent,
  correlationId: string,
): EventToAppend => {
  const { type, occurredAt, by, ...data } = event;
  return {
    id,
    type,
    data,
    metadata: { schemaVersion: versions[type], actor: by, occurredAt, correlationId },
  };
};

/** The event of a bulletin's stream. Throws on a name or a version this code does not know: better to stop than to guess. */
export const decodeBulletinEvent = ({ type, data, metadata, position }: RecordedEvent): BulletinEvent => {
  const { schemaVersion, actor, occurredAt } = metadata as unknown as BulletinEventMetadata;
  if (schemaVersion !== (versions as Partial<Record<string, number>>)[type]) {
    throw new Error(`event ${type} version ${schemaVersion} at position ${position} is not known here`);
  }
  return { ...data, type, occurredAt, by: actor } as BulletinEvent;
};
