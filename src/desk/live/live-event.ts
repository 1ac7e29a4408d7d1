import { serverSentEvent } from '../../platform/http/server-sent-event.js';
import type { RecordedEvent } from '../../platform/event-store/event-store.js';
import { decode } from '../../tickets/domain/ticket.codec.js';
import { ticketIdOf } from '../../tickets/domain/ticket.events.js';
import { ticketOfChanges } from '../list/listed-ticket.js';
import type { TicketChange } from '../ticket-change.js';
import type { Scope } from '../../access/index.js';
import { eventIdOf } from './event-id.js';
import type { LiveTicket, LiveTombstone } from './live.view.js';

/** What a client may see of live changes. */
export interface Viewer {
  scope: Scope;
  /** Internal notes are sent, too. */
  internal: boolean;
}

/** An event of the log as it is sent live: serialized once, however many clients receive it. */
export interface LiveEvent {
  position: bigint;
  ticketId: string;
  /** The ticket's revision after the event. */
  revision: number;
  internal: boolean;
  /** Where the ticket is after the event. */
  establishment: string;
  /** The message for viewers who can access that establishment. */
  text: string;
  /** The tombstone for viewers who could access the ticket at this event and no longer can: few events need it. */
  goneText: () => string;
  /** The establishment that the ticket left with this event. */
  left?: string;
  /** What earlier messages say of the ticket's texts may not be sent any more. */
  erases?: true;
}

/** The live messages of an event. `ticket` is the ticket right after the event, `epoch` the log's. */
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
  const live = {
    ...{ position, ticketId, revision },
    goneText: () => written('tombstone', { ...news, reason: 'transferred', mergedInto: null }, epoch),
    internal: type === 'NoteAdded' && event.internal,
    establishment: now.establishment,
    text:
      type === 'TicketMerged'
        ? written('tombstone', { ...news, reason: 'merged', mergedInto: event.into }, epoch)
        : written('ticket', { ...news, ticket: now }, epoch),
  };
  if (type === 'TicketTextsErased') return { ...live, erases: true };
  if (type !== 'TicketTransferred' || event.from.establishment === now.establishment) return live;
  return { ...live, left: event.from.establishment };
};

/**
 * The message that a viewer receives of an event; undefined where the event is not for them. `now` is the establishment of the
 * ticket when the message is sent: once a ticket has left, nobody there may read what was written before it left.
 */
export const textFor = (event: LiveEvent, viewer: Viewer, now: string | undefined): string | undefined => {
  const { internal, establishment, text, goneText, left } = event;
  if (internal && !viewer.internal) return undefined;
  if (canAccessEvent(viewer, establishment)) return canAccessEvent(viewer, now) ? text : goneText();
  return canAccessEvent(viewer, left) ? goneText() : undefined;
};

export const canAccessEvent = ({ scope }: Viewer, establishment: string | undefined): boolean =>
  scope === 'all' || (establishment !== undefined && scope.includes(establishment));

/** An earlier message of a ticket that has been erased since, without the texts. */
export const erasedLiveEvent = (event: LiveEvent): LiveEvent => {
  const [, head = '', data = ''] = /^(.*?)data: (.*)\n\n$/s.exec(event.text) ?? [];
  const news = JSON.parse(data) as Partial<LiveTicket>;
  if (!news.ticket) return event;
  const { resolution } = news.ticket;
  const ticket = { ...news.ticket, title: '', description: null, location: null, requester: null };
  const emptied = { ...ticket, resolution: resolution && { ...resolution, note: '' } };
  return { ...event, text: `${head}data: ${JSON.stringify({ ...news, ticket: emptied })}\n\n` };
};

const written = (name: string, news: LiveTicket | LiveTombstone, epoch: string): string =>
  serverSentEvent({
    event: name,
    id: eventIdOf({ position: BigInt(news.position), epoch }),
    data: news,
  });
