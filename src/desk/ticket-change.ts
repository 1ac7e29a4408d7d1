import { localDay, type Day } from '../calendar/local-days.js';
import type { Instant } from '../shared/instant.js';
import { masked } from '../shared/identifiers/identifiers.js';
import type { TicketStatus, Category, Priority } from '../shared/vocabulary.js';
import type { Place, Relation, Requester, Resolution, TicketEvent } from '../tickets/domain/ticket.events.js';

export type ListedStatus = TicketStatus;

/**
 * The fields of a listed ticket that events change; an absent field stays as it is. In its texts what names or reaches a person is
 * masked: only the ticket by itself shows it.
 */
export interface TicketChange {
  at?: Place;
  title?: string;
  /** null: erased. */
  description?: string | null;
  category?: Category;
  priority?: Priority;
  location?: string | null;
  /** null: nobody is named any more, or erased. */
  requester?: Requester | null;
  status?: ListedStatus;
  /** null: the team or the assignee was removed. */
  team?: string | null;
  assignee?: string | null;
  /** Who began and who stopped to watch, in this change: true and false. */
  watchers?: ReadonlyMap<string, boolean>;
  /** When the opening happened. */
  openedAt?: Instant;
  /** The day on which figures count the opening: in the zone in which the ticket was opened, wherever it goes later. */
  openedDay?: Day;
  resolved?: { at: Instant; resolution: Resolution };
  /** An earlier resolution no longer holds. */
  unresolved?: true;
  mergedInto?: string;
  /** The texts from before are gone, that of an earlier resolution too. */
  erased?: true;
  links?: readonly { to: string; relation: Relation }[];
  /** How many more there are. */
  attachments?: number;
  updatedAt: Instant;
  revision: number;
  position: bigint;
}

type Changes = {
  [Type in TicketEvent['type']]: (
    event: Extract<TicketEvent, { type: Type }>,
  ) => Omit<TicketChange, 'updatedAt' | 'revision' | 'position'>;
};

/** null where nobody is named, or the name was erased. */
const maskedRequester = (requester: Requester | null): Requester | null => {
  if (requester === null || requester.name === '') return null;
  const { name, contact } = requester;
  return { name: masked(name), ...(contact === undefined ? {} : { contact: masked(contact) }) };
};

const changes: Changes = {
  TicketOpened: ({ at, title, description, category, priority, occurredAt, ...rest }) => ({
    ...{ at, title: masked(title), category, priority, status: 'open', openedAt: occurredAt, links: [] },
    attachments: 0,
    openedDay: localDay(occurredAt, at.timeZone),
    ...(description === undefined ? {} : { description: masked(description) }),
    ...(rest.location === undefined ? {} : { location: masked(rest.location) }),
    ...(rest.requester === undefined ? {} : { requester: maskedRequester(rest.requester) }),
    ...(rest.team === undefined ? {} : { team: rest.team }),
  }),
  TicketAssigned: ({ team, assignee }) => ({
    ...(team === undefined ? {} : { team }),
    ...(assignee === undefined ? {} : { assignee }),
  }),
  RequesterChanged: ({ requester }) => ({ requester: maskedRequester(requester) }),
  TicketWatched: ({ watcher }) => ({ watchers: new Map([[watcher, true]]) }),
  TicketUnwatched: ({ watcher }) => ({ watchers: new Map([[watcher, false]]) }),
  NoteAdded: () => ({}),
  TicketLinked: ({ to, relation }) => ({ links: [{ to, relation }] }),
  TicketRecategorized: ({ category }) => ({ category }),
  TicketReprioritized: ({ priority }) => ({ priority }),
  WorkStarted: () => ({ status: 'in-progress' }),
  TicketPutOnHold: () => ({ status: 'waiting' }),
  TicketResolved: ({ occurredAt, resolution }) => ({
    status: 'resolved',
    resolved: { at: occurredAt, resolution: { ...resolution, note: masked(resolution.note) } },
  }),
  TicketClosed: () => ({ status: 'closed' }),
  TicketReopened: () => ({ status: 'open', unresolved: true }),
  TicketCancelled: () => ({ status: 'cancelled' }),
  TicketMerged: ({ into }) => ({ status: 'merged', mergedInto: into }),
  TicketTransferred: ({ to }) => ({ at: to }),
  TicketTextsErased: () => ({ title: '', description: null, location: null, requester: null, erased: true }),
  LegalHoldPlaced: () => ({}),
  LegalHoldReleased: () => ({}),
  AttachmentAdded: () => ({ attachments: 1 }),
};

export const changeOf = (
  event: TicketEvent,
  recorded: Pick<TicketChange, 'updatedAt' | 'revision' | 'position'>,
): TicketChange => ({
  ...(changes[event.type] as (event: TicketEvent) => Partial<TicketChange>)(event),
  ...recorded,
});

/** Two successive changes of a ticket as one. */
export const mergedChange = (earlier: TicketChange, later: TicketChange): TicketChange => {
  const both = { ...earlier, ...later };
  // A ticket that was resolved and reopened within the two changes is not resolved.
  if (later.unresolved && !later.resolved) delete both.resolved;
  if (later.erased && both.resolved) both.resolved = withoutNote(both.resolved);
  if (earlier.watchers && later.watchers) both.watchers = new Map([...earlier.watchers, ...later.watchers]);
  if (earlier.links && later.links) both.links = [...earlier.links, ...later.links];
  if (earlier.attachments !== undefined) both.attachments = earlier.attachments + (later.attachments ?? 0);
  return both;
};

const withoutNote = ({
  at,
  resolution,
}: NonNullable<TicketChange['resolved']>): TicketChange['resolved'] => ({
  at,
  resolution: { ...resolution, note: '' },
});

/** Who watches after the change, of those who began or stopped in it; with `watching` false, those who stopped. */
export const watchersIn = (
  { watchers = new Map() }: Pick<TicketChange, 'watchers'>,
  watching: boolean,
): string[] => [...watchers].flatMap(([watcher, is]) => (is === watching ? [watcher] : []));
