/** The figures of a day, in the order they are read; `backlog` is made from them. */
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

/** What each of them does to the backlog; `resolvedSameDay` are among the resolved. */
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

/** What a day's counts do to the backlog: backlog(D) = backlog(D−1) + this. */
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
