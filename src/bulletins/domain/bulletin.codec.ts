import type { EventToAppend, RecordedEvent } from '../../platform/event-store/event-store.js';
import type { Instant } from '../../shared/instant.js';
import type { BulletinEvent } from './bulletin.events.js';

/** The metadata that is stored with each event. */
interface BulletinEventMetadata {
  schemaVersion: number;
  /** The subject of the token with which the command was sent. */
  actor: string;
  occurredAt: Instant;
  correlationId: string;
}

/** The schema version with which each event type is written now. The type names are stored in the log and never change. */
const versions: Record<BulletinEvent['type'], number> = {
  BulletinDrafted: 1,
  BulletinPublished: 1,
  BulletinRevised: 1,
  RevisionExplained: 1,
  DraftDeleted: 1,
  BulletinWithdrawn: 1,
};

/** An event as it is appended to the store. */
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

/** The event of a bulletin's stream. Throws for a type or a version that this code does not know: a guess could lose data. */
export const decodeBulletinEvent = ({ type, data, metadata, position }: RecordedEvent): BulletinEvent => {
  const { schemaVersion, actor, occurredAt } = metadata as unknown as BulletinEventMetadata;
  if (schemaVersion !== (versions as Partial<Record<string, number>>)[type]) {
    throw new Error(`event ${type} version ${schemaVersion} at position ${position} is not known here`);
  }
  return { ...data, type, occurredAt, by: actor } as BulletinEvent;
};
