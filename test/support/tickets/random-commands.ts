import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import type { NaiveCommand, NaiveCommandType, Places } from '../figures/naive-figures.js';

/** The commands of one request. */
export interface Request {
  commands: NaiveCommand[];
  /** Whether the command is sent alone through its own route, rather than in a batch. */
  alone: boolean;
  /** How far the device's clock is ahead; undefined when the batch does not say. */
  skewMs: number | undefined;
}

interface Step {
  type: NaiveCommandType;
  ticket: number;
  other: number;
  when: When;
  /** The UTC offset with which the time is written. */
  offset: string;
  place: number;
  variant: number;
  /** Sends the command of that many steps ago again, as it was or, with `altered`, another command under the same id. */
  again: number | undefined;
  altered: boolean;
  /** Whether the command goes in the same batch as the one before. */
  joins: boolean;
  alone: boolean;
  skewMs: number | undefined;
}

const hour = 3_600_000;
const day = 24 * hour;
const tickets = 7;
const openedFirst = 5;
const clusterLength = 2 * day;

/** The present of the tests, which is after every day of the clusters, so that no instant of them is in the future. */
export const present = Date.parse('2026-11-20T15:00:00.000Z');

/** The first days of clusters: around the change to summer time and back, in May, in the middle of the year, and at the present. */
const clusters = ['2026-03-07', '2026-10-31', '2026-05-14', '2026-06-30', '2026-11-18'];

/** The first and last day on which anything can be counted. */
export const range = { from: '2026-03-04', to: '2026-11-21' };

/** Midnights of the five zones in UTC, in summer and in winter. */
const midnights = [2.5, 3, 3.5, 4, 5, 7, 8];

/** When a command happens: mostly onwards; else around a midnight, to the ms; late or out of order; around the present; or unsaid. */
type When =
  | { kind: 'onwards'; jitter: number }
  | { kind: 'midnight'; midnight: number; jitter: number }
  | { kind: 'anywhere'; share: number }
  | { kind: 'present'; ahead: number }
  | { kind: 'unsaid' };

const when: fc.Arbitrary<When> = fc.oneof(
  {
    weight: 24,
    arbitrary: fc
      .integer({ min: -hour / 2, max: hour / 2 })
      .map((jitter): When => ({ kind: 'onwards', jitter })),
  },
  {
    weight: 16,
    arbitrary: fc
      .tuple(fc.constantFrom(...midnights), fc.constantFrom(-1, 0, 1, -1_000, 1_000, -hour, hour))
      .map(([midnight, jitter]): When => ({ kind: 'midnight', midnight, jitter })),
  },
  { weight: 8, arbitrary: fc.nat({ max: 1_000 }).map((share): When => ({ kind: 'anywhere', share })) },
  {
    // A command is from the future when it is more than 5 minutes ahead, to the millisecond.
    weight: 1,
    arbitrary: fc
      .constantFrom(5 * 60_000, 5 * 60_000 + 1, day, -1)
      .map((ahead): When => ({ kind: 'present', ahead })),
  },
  { weight: 1, arbitrary: fc.constant<When>({ kind: 'unsaid' }) },
);

/** The instant of a command, at `progress` (0 to 1) of the cluster's days, in ms; undefined when the command says none. */
const instantOf = (when: When, cluster: string, progress: number): number | undefined => {
  const start = Date.parse(`${cluster}T00:00:00Z`);
  const clock = start + progress * clusterLength;
  switch (when.kind) {
    case 'onwards':
      return Math.round(clock + when.jitter);
    case 'midnight':
      return start + Math.floor((clock - start) / day) * day + when.midnight * hour + when.jitter;
    case 'anywhere':
      return Math.round(start + (when.share / 1_000) * clusterLength);
    case 'present':
      return present + when.ahead;
    case 'unsaid':
      return undefined;
  }
};

/** An instant written with a UTC offset. */
const written = (at: number, offset: string): string => {
  const [, sign, hours, minutes] = /^([+-])(\d\d):(\d\d)$/.exec(offset) ?? [];
  if (sign === undefined) return new Date(at).toISOString();
  const ahead = (sign === '-' ? -1 : 1) * (Number(hours) * 60 + Number(minutes)) * 60_000;
  return new Date(at + ahead).toISOString().replace('Z', offset);
};

const type = fc.oneof(
  ...(
    [
      [4, 'open'],
      [6, 'resolve'],
      [6, 'reopen'],
      [5, 'transfer'],
      [2, 'close'],
      [3, 'cancel'],
      [2, 'merge'],
      [2, 'start'],
      [2, 'hold'],
      [1, 'assign'],
      [1, 'note'],
      [1, 'link'],
      [1, 'recategorize'],
      [1, 'reprioritize'],
    ] as const
  ).map(([weight, name]) => ({ weight, arbitrary: fc.constant(name) })),
);

/** An arbitrary that is true once in `times`. */
const once = (times: number): fc.Arbitrary<boolean> => fc.nat({ max: times - 1 }).map((n) => n === times - 1);

const onceIn = <Value>(times: number, value: fc.Arbitrary<Value>): fc.Arbitrary<Value | undefined> =>
  fc.oneof({ weight: times - 1, arbitrary: fc.constant(undefined) }, { weight: 1, arbitrary: value });

const step: fc.Arbitrary<Step> = fc.record({
  type,
  // A few tickets get most of the commands, since a fault takes several commands about one ticket to show.
  ticket: fc.oneof(fc.nat({ max: 1 }), fc.nat({ max: tickets - 1 })),
  other: fc.nat({ max: tickets - 1 }),
  when,
  offset: fc.constantFrom('Z', '-05:00', '-02:30', '+01:00'),
  place: fc.nat({ max: 99 }),
  variant: fc.nat({ max: 2 }),
  again: onceIn(6, fc.integer({ min: 1, max: 30 })),
  altered: once(8),
  joins: once(4).map((parts) => !parts),
  alone: once(3),
  skewMs: onceIn(3, fc.constantFrom(0, 120_000, -120_000, 120_001, -3 * hour, 5 * hour)),
});

export interface Scenario {
  /** The first day of the cluster in which the commands happen. */
  cluster: string;
  steps: Step[];
}

/** Scenarios that begin with openings, so that most of the commands that follow find a ticket; any order would be valid. */
export const scenarios = (maxSteps: number): fc.Arbitrary<Scenario> =>
  fc.record({
    cluster: fc.constantFrom(...clusters),
    steps: fc
      .tuple(
        fc.array(step, { minLength: openedFirst, maxLength: openedFirst, size: 'max' }),
        fc.array(step, { minLength: 0, maxLength: maxSteps, size: 'max' }),
      )
      .map(([first, rest]) => [
        ...first.map((step, index): Step => ({ ...step, type: 'open', ticket: index, again: undefined })),
        ...rest,
      ]),
  });

/** The requests of a scenario. Every ticket and command gets a new id, so that runs do not meet each other's. */
export const requestsOf = ({ cluster, steps }: Scenario, places: Places): Request[] => {
  const ticketIds = Array.from({ length: tickets }, () => randomUUID());
  const sent: NaiveCommand[] = [];
  const requests: Request[] = [];
  for (const [index, step] of steps.entries()) {
    const earlier = step.again === undefined ? undefined : sent.at(-step.again);
    const at = instantOf(step.when, cluster, index / steps.length);
    const fresh = commandOf(step, at, ticketIds, places);
    const command = !earlier
      ? fresh
      : step.altered
        ? { ...fresh, commandId: earlier.commandId, ticketId: earlier.ticketId }
        : earlier;
    sent.push(command);
    const open = requests.at(-1);
    if (step.joins && open && !open.alone) open.commands.push(command);
    else
      requests.push({ commands: [command], alone: step.alone, skewMs: step.alone ? undefined : step.skewMs });
  }
  return requests;
};

const commandOf = (
  step: Step,
  at: number | undefined,
  ticketIds: readonly string[],
  places: Places,
): NaiveCommand => {
  const { type, variant, offset } = step;
  return {
    commandId: randomUUID(),
    type,
    ticketId: ticketIds[step.ticket]!,
    ...(at === undefined ? {} : { occurredAt: written(at, offset) }),
    ...asks(type, variant, ticketIds[step.other]!, placeOf(step.place, places)),
  };
};

/** A place by its number; two of the hundred numbers give a place that does not exist. */
const placeOf = (choice: number, places: Places): { establishment: string; site?: string } => {
  const all = Object.entries(places).flatMap(([establishment, { sites }]) => [
    { establishment },
    ...Object.keys(sites).map((site) => ({ establishment, site })),
  ]);
  if (choice === 99) return { establishment: 'NULLE-PART' };
  if (choice === 98) return { ...all[0]!, site: 'NULLE-PART' };
  return all[choice % all.length]!;
};

const asks = (
  type: NaiveCommandType,
  variant: number,
  other: string,
  place: { establishment: string; site?: string },
): Partial<NaiveCommand> => {
  const category = ['acces', 'imagerie', 'autre'][variant]!;
  const priority = ['P1', 'P2', 'P4'][variant]!;
  const team = [null, 'mobile-01', 'mobile-02'][variant];
  switch (type) {
    case 'open':
      return { ...place, title: 'Imprimante muette', category, priority, ...(team ? { team } : {}) };
    case 'assign':
      return variant === 2 ? { team } : { team, assignee: team };
    case 'note':
      return { body: 'Vu sur place.', internal: variant === 0 };
    case 'link':
      return { to: other, relation: ['related', 'parent', 'duplicate'][variant]! };
    case 'requester':
      return { requester: { name: 'Marie Roy' } };
    case 'watch':
    case 'unwatch':
      return {};
    case 'recategorize':
      return { category };
    case 'reprioritize':
      return { priority };
    case 'start':
    case 'close':
      return {};
    case 'hold':
      return { reason: ['user', 'vendor', 'change'][variant]! };
    case 'resolve':
      return { resolution: { code: 'fixed', note: 'Redémarrée.' } };
    case 'reopen':
    case 'cancel':
      return { reason: 'À refaire.' };
    case 'merge':
      return { into: other };
    case 'transfer':
      return place;
  }
};
