import type { RecordedEvent } from '../../platform/event-store/event-store.js';
import { decode } from '../../tickets/ticket.codec.js';
import { ticketIdOf } from '../../tickets/ticket.events.js';
import { ticketOfChanges } from '../listed-ticket.js';
import type { TicketChange } from '../ticket-change.js';
import type { Reach } from '../ticket-filter.js';
import type { LiveNews, LiveTicket, LiveTombstone } from './live.view.js';

/** What someone who listens may see. */
export interface Viewer {
  reach: Reach;
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

/** `ticket` is the ticket right after the event. */
export const liveEvent = (recorded: RecordedEvent, ticket: TicketChange): LiveEvent => {
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
    goneText: tombstoneText({ ...news, reason: 'transferred', mergedInto: null }),
    internal: type === 'NoteAdded' && event.internal,
    establishment: now.establishment,
    text:
      type === 'TicketMerged'
        ? tombstoneText({ ...news, reason: 'merged', mergedInto: event.into })
        : ticketText({ ...news, ticket: now }),
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
  if (reaches(viewer, establishment)) return reaches(viewer, now) ? text : goneText;
  return reaches(viewer, left) ? goneText : undefined;
};

export const reaches = ({ reach }: Viewer, establishment: string | undefined): boolean =>
  reach === 'all' || (establishment !== undefined && reach.includes(establishment));

const ticketText = (news: LiveTicket): string => written('ticket', news);
const tombstoneText = (news: LiveTombstone): string => written('tombstone', news);

/** JSON has no line break of its own, so it's one line of `data`. */
const written = (name: string, news: LiveNews): string =>
  `event: ${name}\nid: ${news.position}\ndata: ${JSON.stringify(news)}\n\n`;
