/** The figures that a day's events are counted in, in the order they are shown; `backlog` is a running sum of them. */
export const countedFigures = [
  'opened',
  'resolved',
  'resolvedSameDay',
  'reopened',
  'cancelled',
  'merged',
  'transferredIn',
  'transferredOut',
] as const;
export type CountedFigure = (typeof countedFigures)[number];

export type Counts = Record<CountedFigure, number>;
export type Figures = Counts & { backlog: number };

export const zeroCounts = (): Counts => ({
  opened: 0,
  resolved: 0,
  resolvedSameDay: 0,
  reopened: 0,
  cancelled: 0,
  merged: 0,
  transferredIn: 0,
  transferredOut: 0,
});

/** The sign with which each figure changes the backlog; `resolvedSameDay` tickets are already counted in `resolved`. */
export const backlogSigns: Readonly<Record<CountedFigure, 1 | 0 | -1>> = {
  opened: 1,
  resolved: -1,
  resolvedSameDay: 0,
  reopened: 1,
  cancelled: -1,
  merged: -1,
  transferredIn: 1,
  transferredOut: -1,
};

/** How much a day's counts change the backlog: backlog(D) = backlog(D−1) + this. */
export const backlogChange = (counts: Counts): number =>
  countedFigures.reduce((sum, figure) => sum + backlogSigns[figure] * counts[figure], 0);

export const sumOf = (all: readonly Figures[]): Figures =>
  all.reduce<Figures>(
    (sum, figures) => {
      for (const name of countedFigures) sum[name] += figures[name];
      sum.backlog += figures.backlog;
      return sum;
    },
    { ...zeroCounts(), backlog: 0 },
  );
