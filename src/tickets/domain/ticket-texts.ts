import { ticketStreams, type TicketEvent } from './ticket.events.js';

/** Where free text stands in an event's data: every field of type string, `title` or `resolution.note`. Codes of a list are none. */
type TextPath<Data> = {
  [Name in keyof Data & string]-?: PathsFrom<Name, NonNullable<Data[Name]>>;
}[keyof Data & string];
type PathsFrom<Name extends string, Value> = Value extends string
  ? string extends Value
    ? Name
    : never
  : Value extends readonly unknown[]
    ? Name
    : Value extends object
      ? `${Name}.${TextPath<Value>}`
      : never;

/** Confidential is what people write about people; open is what names things: codes, places, teams, other tickets. */
type Secrecy = 'confidential' | 'open';

/** A new event, or a new text in one, does not compile until it is said here which of the two it is. */
type SecrecyOfTexts = {
  [Type in TicketEvent['type']]: Record<TextPath<Extract<TicketEvent, { type: Type }>>, Secrecy>;
};

type PlacePath<Name extends string> = `${Name}.${'establishment' | 'site' | 'timeZone'}`;

/** A place is named by codes. */
const place = <Name extends string>(name: Name) => {
  const paths = { [`${name}.establishment`]: 'open', [`${name}.site`]: 'open', [`${name}.timeZone`]: 'open' };
  return paths as Record<PlacePath<Name>, 'open'>;
};

const secrecy: SecrecyOfTexts = {
  TicketOpened: {
    ...place('at'),
    title: 'confidential',
    description: 'confidential',
    location: 'confidential',
    team: 'open',
    'requester.name': 'confidential',
    'requester.contact': 'confidential',
  },
  TicketAssigned: { team: 'open', assignee: 'open' },
  RequesterChanged: { 'requester.name': 'confidential', 'requester.contact': 'confidential' },
  TicketWatched: { watcher: 'open' },
  TicketUnwatched: { watcher: 'open' },
  NoteAdded: { body: 'confidential' },
  TicketLinked: { to: 'open' },
  TicketRecategorized: {},
  TicketReprioritized: {},
  WorkStarted: {},
  TicketPutOnHold: { note: 'confidential' },
  TicketResolved: { ...place('at'), ...place('opened.at'), 'resolution.note': 'confidential' },
  TicketClosed: {},
  TicketReopened: { ...place('at'), ...place('opened.at'), reason: 'confidential' },
  TicketCancelled: { ...place('at'), reason: 'confidential' },
  TicketMerged: { ...place('at'), into: 'open' },
  TicketTransferred: { ...place('from'), ...place('to') },
  // They have to be read when the key is gone, by operators too: so they stand in the log as they were written.
  TicketTextsErased: { ...place('at'), 'erasure.reason': 'open', 'erasure.basis': 'open' },
  LegalHoldPlaced: { ...place('at'), 'hold.reason': 'open' },
  LegalHoldReleased: { ...place('at'), 'release.reason': 'open' },
  // The hash is needed when the key is gone, to say which bytes those were; so are the ids, to delete them.
  AttachmentAdded: { attachmentId: 'open', sha256: 'open', contentType: 'open', name: 'confidential' },
};

/** The event from which on a ticket's texts are erased, wherever their key still is. */
export const erasureType = 'TicketTextsErased' satisfies TicketEvent['type'];

const confidentialOf = (texts: Readonly<Record<string, Secrecy>>): string[] =>
  Object.keys(texts).filter((path) => texts[path] === 'confidential');

/**
 * What is encrypted of tickets, whose streams they are: the confidential texts of each event, by where they stand in its data; and beside
 * the data a hash of what was asked for, since it tells what that was where it can be guessed.
 */
export const ticketTexts = {
  streamPrefix: ticketStreams,
  data: Object.fromEntries(
    Object.entries(secrecy).map(([type, texts]): [string, readonly string[]] => [
      type,
      confidentialOf(texts),
    ]),
  ),
  metadata: ['fingerprint'],
} as const;

/** All of them. What is counted needs none: whoever says so reads the log without anybody's key. */
export const confidentialTexts: readonly string[] = [...new Set(Object.values(ticketTexts.data).flat())];

/** Those of them that a ticket does not show itself: they are in its history. */
export const textsOfHistory = ['body', 'note', 'name'] as const;
