import type { DayFigures } from '../../../../billets-quotidiens/index.js';
import type { Day } from '../../../../calendar/local-days.js';
import { medianOf } from '../../../../shared/quantiles.js';
import { codesOf, categoryLabels, type Category } from '../../../../shared/vocabulary.js';

const insightFigures = ['opened', 'resolved', 'backlog'] as const;
export type InsightFigure = (typeof insightFigures)[number];
/** Those that are known by category. */
const categoryFigures = ['opened', 'resolved'] as const satisfies readonly InsightFigure[];
type CategoryFigure = (typeof categoryFigures)[number];

/** What a figure of the ticket day is set beside. */
type Reference =
  | { kind: 'day-before' | 'same-weekday'; day: Day; value: number }
  | { kind: 'mean-of-seven-days'; value: number }
  /** The median of the days that it is measured against. */
  | { kind: 'usual'; value: number; days: number };

/** One thing that the figures say, and what it rests on: a figure of one day, and another one. */
export interface Insight {
  day: Day;
  figure: InsightFigure;
  value: number;
  /** Undefined for all establishments. */
  establishment: { code: string; name: string } | undefined;
  /** Undefined for all categories. */
  category?: Category;
  reference: Reference;
}

/** What a day brought of a category; nothing where it has no entry. */
export type CountsByCategory = Partial<Record<Category, Partial<Record<CategoryFigure, number>>>>;
export type CountedDay = Pick<DayFigures, 'date' | 'total' | 'establishments'> & {
  categories?: CountsByCategory;
};

/** A series of numbers of days: its own value, and whose it is. */
interface Subject {
  figure: InsightFigure;
  of: (day: CountedDay) => number | undefined;
  whose: Pick<Insight, 'establishment' | 'category'>;
}

/** Days before the ticket day that it is measured against: four weeks. */
export const referenceDays = 28;
/** Fewer days say nothing of what is usual. */
const minDays = 6;
/** Iglewicz and Hoaglin's: a modified z-score beyond it is an outlier; the factor makes the MAD of a normal law its deviation. */
const maxScore = 3.5;
const normal = 0.6745;

const ofAll = (figure: InsightFigure): Subject => ({
  figure,
  of: ({ total }) => total[figure],
  whose: { establishment: undefined },
});

const ofEstablishment = (figure: InsightFigure, { code, name }: { code: string; name: string }): Subject => ({
  figure,
  of: ({ establishments }) => establishments.find((each) => each.code === code)?.[figure],
  whose: { establishment: { code, name } },
});

const ofCategory = (figure: CategoryFigure, category: Category): Subject => ({
  figure,
  of: ({ categories }) => categories && (categories[category]?.[figure] ?? 0),
  whose: { establishment: undefined, category },
});

/**
 * What the figures of the last of these days say beside those before it, oldest first: the change against the day before, the same
 * weekday and the mean of seven days, in all, of the establishment and of the category that changed most; and what stands out among the
 * days of its kind, in all, by establishment and by category. Nothing is said against a day without tickets.
 */
export const insightsOf = (days: readonly CountedDay[]): Insight[] => {
  const last = days.at(-1);
  if (!last) return [];
  const before = days.slice(0, -1);
  const ofCategories = categoryFigures.map((figure) =>
    codesOf(categoryLabels).map((category) => ofCategory(figure, category)),
  );
  const ofItsKind = before.filter(({ date }) => isWeekend(date) === isWeekend(last.date));
  const unusualOf = (subjects: readonly Subject[]) =>
    subjects.flatMap((subject) => unusual(last, ofItsKind, subject));
  return [
    ...insightFigures.flatMap((figure) => changesOf(last, before, ofAll(figure))),
    ...(last.establishments.length > 1 ? insightFigures : []).flatMap((figure) =>
      greatest(last.establishments.flatMap((each) => changesOf(last, before, ofEstablishment(figure, each)))),
    ),
    ...ofCategories.flatMap((subjects) =>
      greatest(subjects.flatMap((subject) => changesOf(last, before, subject))),
    ),
    ...unusualOf(insightFigures.map(ofAll)),
    ...last.establishments.flatMap((establishment) =>
      unusualOf(insightFigures.map((figure) => ofEstablishment(figure, establishment))),
    ),
    ...unusualOf(ofCategories.flat()),
  ];
};

/** Of changes against the same reference the greatest in tickets: a sentence for each of them would bury the one that matters. */
const greatest = (changes: readonly Insight[]): Insight[] => {
  const byKind = new Map<Reference['kind'], Insight>();
  for (const change of changes) {
    const known = byKind.get(change.reference.kind);
    if (!known || differenceOf(change) > differenceOf(known)) byKind.set(change.reference.kind, change);
  }
  return [...byKind.values()];
};

const differenceOf = ({ value, reference }: Insight): number => Math.abs(value - reference.value);

const changesOf = (
  last: CountedDay,
  before: readonly CountedDay[],
  { figure, of, whose }: Subject,
): Insight[] => {
  const value = of(last);
  if (value === undefined) return [];
  const [previous, weekBefore, week] = [before.at(-1), before.at(-7), before.slice(-7)];
  const mean = week.reduce((sum, day) => sum + (of(day) ?? 0), 0) / week.length;
  const references: Reference[] = [
    ...(previous ? [{ kind: 'day-before' as const, day: previous.date, value: of(previous) ?? 0 }] : []),
    ...(weekBefore
      ? [{ kind: 'same-weekday' as const, day: weekBefore.date, value: of(weekBefore) ?? 0 }]
      : []),
    // The backlog of a week is no sum: its mean says little.
    ...(week.length === 7 && week.every((day) => day.total.opened > 0) && figure !== 'backlog'
      ? [{ kind: 'mean-of-seven-days' as const, value: Math.round(mean * 10) / 10 }]
      : []),
  ];
  return references
    .filter((reference) => reference.value > 0 && percentChange(value, reference.value) !== 0)
    .map((reference) => ({ day: last.date, figure, value, ...whose, reference }));
};

/** The change in whole per cent of the reference; 0 where it rounds to none. */
export const percentChange = (value: number, reference: number): number =>
  Math.sign(value - reference) * Math.round((Math.abs(value - reference) * 100) / reference);

/** A figure far from the median of the days of its kind, in units of their median absolute deviation (MAD). */
const unusual = (
  last: CountedDay,
  ofItsKind: readonly CountedDay[],
  { figure, of, whose }: Subject,
): Insight[] => {
  const value = of(last);
  const usual = ofItsKind.flatMap((day) => of(day) ?? []);
  if (value === undefined || usual.length < minDays) return [];
  const median = medianOf(usual);
  const deviation = medianOf(usual.map((each) => Math.abs(each - median)));
  // Where most days are alike, any other is infinitely far from them: that says nothing of how far it is.
  if (deviation === 0 || (normal * Math.abs(value - median)) / deviation <= maxScore) return [];
  const reference = { kind: 'usual' as const, value: median, days: usual.length };
  return [{ day: last.date, figure, value, ...whose, reference }];
};

/** A day by itself has its weekday in any zone: that of its midnight in UTC. */
const isWeekend = (date: Day): boolean => new Date(date).getUTCDay() % 6 === 0;

/** A name of what is said, by which a form asks for it. */
export const insightKey = ({ figure, establishment, category, reference }: Insight): string =>
  [figure, reference.kind, establishment?.code ?? '', ...(category === undefined ? [] : [category])].join(
    ' ',
  );
