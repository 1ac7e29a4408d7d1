import type { Principal } from '../../access/index.js';
import type { EventToAppend } from '../../platform/event-store/event-store.js';
import type { IfMatch } from '../../shared/if-match.js';
import type { Instant } from '../../shared/instant.js';
import { namespaceOf, uuidFromName } from '../../platform/uuid-from-name.js';
import { encode } from '../domain/ticket.codec.js';
import type { TicketEvent } from '../domain/ticket.events.js';
import type { SentAfter } from './ticket-history.js';

/** What comes with every command: who sends it, how, about which ticket, and when it happened. */
export interface CommandMetadata {
  principal: Principal;
  commandId: string;
  ticketId: string;
  fingerprint: string;
  /** The fingerprint as it was made when texts were kept as they were written; undefined where the schema would refuse such texts. */
  fingerprintAsWritten: () => string | undefined;
  /** When it happened, as claimed, with a device's skew corrected. */
  claimedAt: Instant;
  /** When it happened, by the device's own clock. */
  rawClaimedAt: Instant;
  clockSkewMs?: number;
  deviceId?: string;
  correlationId: string;
  ifMatch?: IfMatch;
  /** In a repeated batch: whether an event came of a command that was sent with this one before, and after it. */
  sentAfter?: SentAfter | undefined;
}

/** Parsed once: parsing it from its text for each id took as long as the hash. */
const eventNamespace = namespaceOf('6f2d0a0e-3a8b-5d0e-9d6f-1f6b6d2f5c11');

/** An event's id, made from the command's, so that the store recognises the same command again. */
const eventId = (commandId: string, index: number): string =>
  uuidFromName(`${commandId}/${index}`, eventNamespace);

/** A command's events as the store takes them. */
export const encodeAll = (metadata: CommandMetadata, events: readonly TicketEvent[]): EventToAppend[] => {
  const { commandId, fingerprint, principal, rawClaimedAt, clockSkewMs, deviceId, correlationId } = metadata;
  return events.map((event, index) =>
    encode(eventId(commandId, index), event, {
      commandId,
      fingerprint,
      actor: principal.id,
      claimedAt: rawClaimedAt,
      clockSkewMs,
      deviceId,
      correlationId,
      causationId: commandId,
    }),
  );
};
