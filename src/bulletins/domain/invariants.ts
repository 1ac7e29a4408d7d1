import type { BrokenInvariant } from './bulletin.js';
import { figureNames, type PublishedFigures, type KnownFigures } from './bulletin.events.js';

/** The figures needed to check whether those of a day add up. */
export interface DayBalance {
  day: Pick<KnownFigures, 'total' | 'establishments'>;
  previous: Pick<KnownFigures, 'total' | 'establishments'>;
  /** Transfers over all days: on a single day, a transfer between two zones may leave before midnight and arrive after it. */
  transfers: { in: number; out: number };
  /** How many tickets have events that could not be counted yet. */
  incomplete: number;
}

interface Pair {
  establishment: string | null;
  figures: PublishedFigures;
  /** The backlog at the end of the day before; 0 before the first day. */
  backlogBefore: number;
}

type Check = (pair: Pair) => readonly Omit<BrokenInvariant, 'establishment'>[];

/** The invariants of domain.md that hold for each establishment and in total. */
const checks: readonly Check[] = [
  ({ figures: f, backlogBefore }) => {
    const flow =
      f.opened + f.reopened + f.transferredIn - f.resolved - f.cancelled - f.merged - f.transferredOut;
    return equal('backlog-follows-from-the-day-before', backlogBefore + flow, f.backlog);
  },
  ({ figures: { opened, resolvedSameDay } }) =>
    resolvedSameDay <= opened
      ? []
      : [{ invariant: 'resolved-same-day-within-opened', expected: opened, actual: resolvedSameDay }],
  ({ figures }) =>
    figureNames
      .filter((figure) => figures[figure] < 0)
      .map((figure) => ({ invariant: `${figure}-not-negative`, expected: 0, actual: figures[figure] })),
];

/** The invariants that the figures of a day break: within the day, against the day before or among each other; none where all hold. */
export const brokenInvariants = ({ day, previous, transfers, incomplete }: DayBalance): BrokenInvariant[] => {
  const before = new Map(previous.establishments.map(({ code, backlog }) => [code, backlog]));
  const pairs: Pair[] = [
    ...day.establishments.map((figures) => ({
      establishment: figures.code,
      figures,
      backlogBefore: before.get(figures.code) ?? 0,
    })),
    { establishment: null, figures: day.total, backlogBefore: previous.total.backlog },
  ];
  const inEach = pairs.flatMap((pair) =>
    checks
      .flatMap((check) => check(pair))
      .map((broken) => ({ ...broken, establishment: pair.establishment })),
  );
  const inTotal = [
    ...figureNames.flatMap((figure) =>
      equal(
        `total-of-${figure}`,
        day.establishments.reduce((sum, figures) => sum + figures[figure], 0),
        day.total[figure],
      ),
    ),
    ...equal('transfers-balance', transfers.out, transfers.in),
    ...equal('figures-are-whole', 0, incomplete),
  ];
  return [...inEach, ...inTotal.map((broken) => ({ ...broken, establishment: null }))];
};

const equal = (invariant: string, expected: number, actual: number) =>
  expected === actual ? [] : [{ invariant, expected, actual }];
