import type { Place } from '../../../src/tickets/domain/ticket.events.js';
import type { TestDatabase } from '../database/database.js';
import type { LoggedEvent } from '../figures/event-fold.js';
import { NaiveFigures, type NaiveCommand, type Places } from '../figures/naive-figures.js';

export interface ReplayedEvent extends LoggedEvent {
  revision: number;
  recordedAt: number;
  metadata: {
    commandId: string;
    actor: string;
    /** By the device's clock. */
    claimedAt: string;
    clockSkewMs?: number;
    deviceId?: string;
    occurredAt: string;
  } & Record<string, unknown>;
}

/** Every event of every ticket, in the order of the log. */
export const readTicketLog = async (database: TestDatabase): Promise<ReplayedEvent[]> => {
  const rows = await database.query<Omit<ReplayedEvent, 'position' | 'recordedAt'> & Record<string, unknown>>(
    `SELECT position::text, stream, revision::integer, type, data, metadata,
            extract(epoch FROM recorded_at)::float8 * 1000 AS recorded_at
       FROM event_store.events WHERE stream LIKE 'ticket-%' ORDER BY events.position`,
  );
  return rows.map(({ position, recorded_at: recordedAt, ...event }) => ({
    ...event,
    position: BigInt(position as string),
    recordedAt: Number(recordedAt),
  }));
};

export const ticketIdOf = ({ stream }: LoggedEvent): string => stream.replace('ticket-', '');

/**
 * Replays the command behind every event of a log in NaiveFigures, a state machine that was written from domain.md alone. Returns a line
 * for every event that the machine would have decided otherwise, and the machine in its final state.
 */
export const replay = (
  events: readonly ReplayedEvent[],
  places: Places,
): { naive: NaiveFigures; mistakes: string[] } => {
  const naive = new NaiveFigures(places);
  const mistakes = events.flatMap((event) => {
    const { metadata, type, position, recordedAt, revision } = event;
    const answer = naive.apply(commandOf(event), recordedAt, metadata.clockSkewMs);
    const expected = ['applied', revision, metadata.occurredAt].join(' ');
    const { newest = 0 } = naive.standingOf(ticketIdOf(event)) ?? {};
    const found = [answer.problem ?? answer.status, answer.revision, new Date(newest).toISOString()];
    return found.join(' ') === expected
      ? []
      : [`${position} ${type} of ${event.stream}: ${found.join(' ')}, not ${expected}`];
  });
  return { naive, mistakes };
};

const commandOf = (event: ReplayedEvent): NaiveCommand => {
  const { commandId, claimedAt: occurredAt } = event.metadata;
  return { commandId, ticketId: ticketIdOf(event), occurredAt, ...commandBehind(event) };
};

const commandBehind = ({ type, data }: ReplayedEvent): Pick<NaiveCommand, 'type'> & Partial<NaiveCommand> => {
  switch (type) {
    case 'TicketOpened':
      return { ...data, ...at(data.at), type: 'open' };
    case 'TicketAssigned':
      return { ...data, type: 'assign' };
    case 'RequesterChanged':
      return { type: 'requester' };
    case 'TicketWatched':
      return { ...data, type: 'watch' };
    case 'TicketUnwatched':
      return { ...data, type: 'unwatch' };
    case 'NoteAdded':
    // Whatever counts nothing and changes nothing is like a note.
    case 'AttachmentAdded':
      return { ...data, type: 'note' };
    case 'TicketLinked':
      return { ...data, type: 'link' };
    case 'TicketRecategorized':
      return { ...data, type: 'recategorize' };
    case 'TicketReprioritized':
      return { ...data, type: 'reprioritize' };
    case 'WorkStarted':
      return { type: 'start' };
    case 'TicketPutOnHold':
      return { type: 'hold' };
    case 'TicketResolved':
      return { type: 'resolve' };
    case 'TicketClosed':
      return { type: 'close' };
    case 'TicketReopened':
      return { type: 'reopen' };
    case 'TicketCancelled':
      return { type: 'cancel' };
    case 'TicketMerged':
      return { type: 'merge', into: data.into as string };
    case 'TicketTransferred':
      return { type: 'transfer', ...at(data.to) };
    default:
      throw new Error(`nobody has said what asks for ${type}`);
  }
};

const at = (place: unknown): Partial<NaiveCommand> => {
  const { establishment, site } = place as Place;
  return { establishment, ...(site === undefined ? {} : { site }) };
};
