import { serverSentEvent } from '../../platform/http/server-sent-event.js';
import type { RecordedEvent } from '../../platform/event-store/event-store.js';
import { decode } from '../../tickets/domain/ticket.codec.js';
import { ticketIdOf } from '../../tickets/domain/ticket.events.js';
import { ticketOfChanges } from '../list/listed-ticket.js';
import type { TicketChange } from '../ticket-change.js';
import type { Scope } from '../list/ticket-filter.js';
import { eventIdOf } from './event-id.js';
import type { LiveTicket, LiveTombstone } from './live.view.js';

/** What someone who listens may see. */
export interface Viewer {
  reach: Scope;
  /** Internal notes are told, too. */
  internal: boolean;
}

/** An event of the log as it's told live: written once, however many hear it. */
export interface LiveEvent {
  position: bigint;
  ticketId: string;
  /** The ticket's, after it. */
  revision: number;
  internal: boolean;
  /** Where the ticket is after it, and what those hear who reach that. */
  establishment: string;
  text: string;
  /** What those hear who reached the ticket at this event, and do not any more: that it is gone. */
  goneText: string;
  /** The establishment that the ticket left by this event. */
  left?: string;
}

/** `ticket` is the ticket right after the event, `epoch` the log's. */
export const liveEvent = (recorded: RecordedEvent, ticket: TicketChange, epoch: string): LiveEvent => {
  const { event, metadata, position, revision, recordedAt } = decode(recorded);
  const ticketId = ticketIdOf(recorded.stream);
  const { type, occurredAt } = event;
  const { actor, commandId } = metadata;
  const news = {
    position: String(position),
    revision,
    type,
    ticketId,
    occurredAt,
    recordedAt,
    actor,
    commandId,
  };
  const now = ticketOfChanges(ticketId, ticket);
  const told = {
    ...{ position, ticketId, revision },
    goneText: written('tombstone', { ...news, reason: 'transferred', mergedInto: null }, epoch),
    internal: type === 'NoteAdded' && event.internal,
    establishment: now.establishment,
    text:
      type === 'TicketMerged'
        ? written('tombstone', { ...news, reason: 'merged', mergedInto: event.into }, epoch)
        : written('ticket', { ...news, ticket: now }, epoch),
  };
  if (type !== 'TicketTransferred' || event.from.establishment === now.establishment) return told;
  return { ...told, left: event.from.establishment };
};

/**
 * What a viewer is told of an event; undefined where it's none of theirs. `now` is where the ticket is when it is told: of one
 * that has left since, nobody reads what was written while it was there.
 */
export const textFor = (event: LiveEvent, viewer: Viewer, now: string | undefined): string | undefined => {
  const { internal, establishment, text, goneText, left } = event;
  if (internal && !viewer.internal) return undefined;
  if (canAccessEvent(viewer, establishment)) return canAccessEvent(viewer, now) ? text : goneText;
  return canAccessEvent(viewer, left) ? goneText : undefined;
};

export const canAccessEvent = ({ reach }: Viewer, establishment: string | undefined): boolean =>
  reach === 'all' || (establishment !== undefined && reach.includes(establishment));

const written = (name: string, news: LiveTicket | LiveTombstone, epoch: string): string =>
  serverSentEvent({
    event: name,
    id: eventIdOf({ position: BigInt(news.position), epoch }),
    data: news,
  });
