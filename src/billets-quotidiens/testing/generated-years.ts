/** Numbers from 0 to 1 by mulberry32: a generated year is the same on every machine. */
const randomFrom = (seed: number): (() => number) => {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
};

export interface YearShape {
  /** Tickets on a working day at the beginning. */
  level: number;
  /** By how much the level grows in a day, as a share of it. */
  growth?: number;
  /** From the 200th day on the level is this many times what it would be. */
  stepTo?: number;
  /** The variance is the mean and this times its square: days differ more than chance alone has it. */
  overdispersion?: number;
  /** What a planted day is of what it would be, and how many days are planted. */
  planted?: { factor: number; days: number };
}

/** Monday first. */
const weekdays = [1.2, 1.1, 1.05, 1, 0.95, 0.45, 0.55];
export const generatedDays = 364;

export interface GeneratedYear {
  counts: number[];
  /** The indices of the planted days, ascending. */
  planted: Set<number>;
}

/** A year of daily counts of which everything is known; it begins on a Monday. No planted day is within the first eight weeks. */
export const generatedYear = (shape: YearShape, seed: number): GeneratedYear => {
  const { level, growth = 0, stepTo = 1, overdispersion = 0.003, planted } = shape;
  const random = randomFrom(seed * 7_919 + 13);
  const chosen = new Set<number>();
  while (planted && chosen.size < planted.days) chosen.add(56 + Math.floor(random() * (generatedDays - 56)));
  const counts = Array.from({ length: generatedDays }, (_, index) => {
    const mean = level * (weekdays[index % 7] ?? 1) * (1 + growth) ** index * (index >= 200 ? stepTo : 1);
    const factor = planted && chosen.has(index) ? planted.factor : 1;
    const deviation = Math.sqrt(mean + overdispersion * mean ** 2);
    return Math.max(0, Math.round((mean + deviation * normal(random)) * factor));
  });
  return { counts, planted: chosen };
};

/** Of the standard normal law, by Box and Muller. */
const normal = (random: () => number): number =>
  Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
