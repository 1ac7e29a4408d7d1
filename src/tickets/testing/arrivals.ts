import fc from 'fast-check';
import { isAfter, type Instant } from '../../shared/instant.js';
import {
  categories,
  holdReasons,
  priorities,
  relations,
  resolutionCodes,
  type Place,
} from '../domain/ticket.events.js';
import {
  futureToleranceMs,
  type Ticket,
  type TicketCommand,
  type TicketCommandType,
} from '../domain/ticket.js';
import { blancSablon, coteNord, mcq, nim, otherTicket, thirdTicket, thisTicket, time } from './fixed.js';

/** A command, and the server's clock when it arrives. */
export interface Arrival {
  command: Extract<TicketCommand, { type: TicketCommandType }>;
  now: Instant;
}

type Fields<T extends TicketCommandType> = Omit<
  Extract<TicketCommand, { type: T }>,
  'type' | 'ticketId' | 'claimedAt'
>;

// There are few values of each kind, so that commands often ask for what already is.
const text = fc.constantFrom('une imprimante', 'le dossier', '« L’été » 🙂');
const place: fc.Arbitrary<Place> = fc.constantFrom(nim, mcq, coteNord, blancSablon);
const team = fc.constantFrom('mobile-nim-03', 'centre-de-services');
const assignee = fc.constantFrom('alice', 'bob');
/** A health number in the place of a name, which is refused. */
const assigneeOrPatient = fc.oneof(
  { arbitrary: assignee, weight: 9 },
  { arbitrary: fc.constant('TREM84511234'), weight: 1 },
);
const maybe = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: undefined });
const orNull = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: null });
const ticketId = fc.constantFrom(thisTicket, otherTicket, thirdTicket);
const statuses: Record<Ticket['status'], true> = {
  ...{ unopened: true, open: true, 'in-progress': true, waiting: true },
  ...{ resolved: true, closed: true, cancelled: true, merged: true },
};
const target = fc.constantFrom(...(Object.keys(statuses) as Ticket['status'][]));

const requester = fc.record({ name: text, contact: text }, { requiredKeys: ['name'], noNullPrototype: true });

const fields: { [T in TicketCommandType]: fc.Arbitrary<Fields<T>> } = {
  open: fc.record({
    at: place,
    title: text,
    titleIsRefused: fc.integer({ min: 0, max: 19 }).map((number) => number === 0),
    description: maybe(text),
    category: fc.constantFrom(...categories),
    priority: fc.constantFrom(...priorities),
    team: maybe(team),
    location: maybe(text),
    requester: maybe(requester),
  }),
  assign: fc.record({ team: maybe(orNull(team)), assignee: maybe(orNull(assigneeOrPatient)) }),
  requester: fc.record({ requester: orNull(requester) }),
  watch: fc.record({ watcher: assignee }),
  unwatch: fc.record({ watcher: assignee }),
  note: fc.record({ body: text, internal: fc.boolean() }),
  link: fc.record({ to: ticketId, relation: fc.constantFrom(...relations), target }),
  recategorize: fc.record({ category: fc.constantFrom(...categories) }),
  reprioritize: fc.record({ priority: fc.constantFrom(...priorities) }),
  start: fc.constant({}),
  hold: fc.record({ reason: fc.constantFrom(...holdReasons), note: maybe(text) }),
  resolve: fc.record({ resolution: fc.record({ code: fc.constantFrom(...resolutionCodes), note: text }) }),
  close: fc.constant({}),
  reopen: fc.record({ reason: text }),
  cancel: fc.record({ reason: text }),
  merge: fc.record({ into: ticketId, target }),
  transfer: fc.record({ to: place }),
};

/** How often each command comes. A merge ends everything after it; most of the rules are about reopening. */
const weights: Record<TicketCommandType, number> = {
  ...{ open: 1, assign: 2, note: 2, link: 2, recategorize: 1, reprioritize: 1 },
  ...{ requester: 2, watch: 2, unwatch: 1 },
  ...{ start: 5, hold: 5, resolve: 6, close: 3, reopen: 8, cancel: 3, merge: 2, transfer: 4 },
};

const minutes = (count: number) => count * 60_000;

/** How many milliseconds after the command before it a command arrives. */
const elapsed = fc.constantFrom(0, minutes(1), minutes(5), minutes(20));

/** How many milliseconds the claimed time is from the server's clock: late (in steps, so that times meet), now, or ahead. */
const aheadBy = fc.oneof(
  { weight: 6, arbitrary: fc.integer({ min: -24, max: 0 }).map((steps) => minutes(5 * steps)) },
  { weight: 3, arbitrary: fc.constant(0) },
  {
    weight: 2,
    arbitrary: fc.constantFrom(1, minutes(2), futureToleranceMs, futureToleranceMs + 1, minutes(60)),
  },
);

interface Draft {
  type: TicketCommandType;
  fields: object;
  elapsedMs: number;
  aheadByMs: number;
}

const draft = (type: TicketCommandType): fc.Arbitrary<Draft> =>
  fc.record({ type: fc.constant(type), fields: fields[type], elapsedMs: elapsed, aheadByMs: aheadBy });

const anyDraft = fc.oneof(
  ...(Object.keys(weights) as TicketCommandType[]).map((type) => ({
    weight: weights[type],
    arbitrary: draft(type),
  })),
);

const arriving = (drafts: readonly Draft[]): Arrival[] => {
  let now = time('12:00');
  return drafts.map(({ type, fields: chosen, elapsedMs, aheadByMs }) => {
    now = isAfter(now, elapsedMs);
    const command = { type, ticketId: thisTicket, claimedAt: isAfter(now, aheadByMs), ...chosen };
    return { command: command as Arrival['command'], now };
  });
};

/** Commands of every type to one ticket, in order of arrival; most often it is opened first. */
export const arrivals: fc.Arbitrary<Arrival[]> = fc
  .tuple(
    fc.oneof(
      { weight: 19, arbitrary: draft('open').map((opening) => [opening]) },
      { weight: 1, arbitrary: fc.constant([]) },
    ),
    fc.array(anyDraft, { maxLength: 40, size: 'max' }),
  )
  .map(([first, rest]) => arriving([...first, ...rest]));
