import { durationBetween, quoted, shortId, type Names, type Sentences } from './sentences.js';
import { wordsIn } from './words.js';

const { categories, priorities, holdReasons, resolutions } = wordsIn('en');

const otherTicket = (names: Names, ticketId: string): string => {
  const title = names.title(ticketId);
  return title === undefined ? `ticket ${shortId(ticketId)}` : `ticket ${quoted(title)}`;
};

const after = (
  from: Parameters<typeof durationBetween>[1],
  to: Parameters<typeof durationBetween>[2],
  what: string,
): string => `, ${durationBetween('en', from, to)} after ${what}`;

const reopenedFrom = { resolved: 'its resolution', closed: 'its resolution', cancelled: 'its cancellation' };

export const english: Sentences = {
  TicketOpened: ({ title, at, priority, category, team }, { place }) =>
    `opened ticket ${quoted(title)} at ${place(at)} (${priorities[priority]} priority, ${categories[category]}` +
    `${team === undefined ? '' : `, team ${team}`})`,
  TicketAssigned: ({ team, assignee }, before) => {
    const to = [...(team ? [`team ${team}`] : []), ...(assignee ? [assignee] : [])];
    const from = [
      ...(team === null && before.team !== null ? [`team ${before.team}`] : []),
      ...(assignee === null && before.assignee !== null ? [before.assignee] : []),
    ];
    return [
      ...(to.length > 0 ? [`gave the ticket to ${to.join(' and ')}`] : []),
      ...(from.length > 0 ? [`took the ticket from ${from.join(' and ')}`] : []),
    ].join(' and ');
  },
  RequesterChanged: ({ requester }, before) => {
    if (requester === null) return 'removed the name of who asked for the ticket';
    const { name, contact } = requester;
    const reached = contact === undefined ? '' : `, to be reached at ${quoted(contact)}`;
    return before.requester === null || before.requester.name === name
      ? `noted who asked for the ticket: ${quoted(name)}${reached}`
      : `changed who asked for the ticket from ${quoted(before.requester.name)} to ${quoted(name)}${reached}`;
  },
  TicketWatched: () => 'watches the ticket',
  TicketUnwatched: () => 'no longer watches the ticket',
  NoteAdded: ({ body, internal }) => `wrote ${internal ? 'an internal' : 'a'} note: ${quoted(body)}`,
  TicketLinked: ({ to, relation }, _before, names) => {
    switch (relation) {
      case 'parent':
        return `put this ticket under its parent, ${otherTicket(names, to)}`;
      case 'duplicate':
        return `noted that this ticket is a duplicate of ${otherTicket(names, to)}`;
      case 'related':
        return `linked this ticket to ${otherTicket(names, to)}`;
    }
  },
  TicketRecategorized: ({ category }, before) =>
    `changed the category from ${quoted(categories[before.category])} to ${quoted(categories[category])}`,
  TicketReprioritized: ({ priority }, before) =>
    `changed the priority from ${quoted(priorities[before.priority])} to ${quoted(priorities[priority])}`,
  WorkStarted: ({ occurredAt }, before) =>
    before.status === 'waiting'
      ? `went on with the work${after(before.lastTransitionAt, occurredAt, 'it was put on hold')}`
      : `started the work${after(before.lastTransitionAt, occurredAt, before.reopenedAt === null ? 'the opening' : 'the reopening')}`,
  TicketPutOnHold: ({ reason, note }) =>
    `put the ticket on hold, waiting for ${holdReasons[reason]}${note === undefined ? '' : `: ${quoted(note)}`}`,
  TicketResolved: ({ occurredAt, opened, resolution }) =>
    `resolved the ticket${after(opened.occurredAt, occurredAt, 'its opening')} (${resolutions[resolution.code]}): ${quoted(resolution.note)}`,
  TicketClosed: ({ occurredAt }, before) =>
    `closed the ticket${after(before.lastTransitionAt, occurredAt, 'its resolution')}`,
  TicketReopened: ({ occurredAt, from, reason }, before) =>
    `reopened the ticket${after(before.resolvedAt ?? before.lastTransitionAt, occurredAt, reopenedFrom[from])}: ${quoted(reason)}`,
  TicketCancelled: ({ reason }) => `cancelled the ticket: ${quoted(reason)}`,
  TicketMerged: ({ into }, _before, names) => `merged this ticket into ${otherTicket(names, into)}`,
  TicketTransferred: ({ from, to }, _before, { place }) =>
    `transferred the ticket from ${place(from)} to ${place(to)}`,
  TicketTextsErased: ({ erasure: { reason, basis } }) =>
    `erased the texts of the ticket, reason: ${quoted(reason)} (${basis})`,
  LegalHoldPlaced: ({ hold }) => `put the texts of the ticket on legal hold: ${quoted(hold.reason)}`,
  LegalHoldReleased: ({ release: { reason } }) =>
    `released the legal hold on the texts of the ticket${reason === undefined ? '' : `: ${quoted(reason)}`}`,
  AttachmentAdded: ({ name }) => `attached the file ${quoted(name)}`,
  textErased: (moment, reason) => `text erased on ${moment}, reason: ${reason}`,
  mergedHere: (title) => `merged ticket ${quoted(title)} into this one`,
  sentLater: (duration) => `(sent ${duration} later)`,
};
