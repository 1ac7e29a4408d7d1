/** A number of an SVG; a tenth of a pixel is exact enough. */
export const round = (value: number): number => Math.round(value * 10) / 10;

interface Scale {
  /** The values at which the axis is named, from 0 to its end. */
  ticks: number[];
  at: (value: number) => number;
}

/** A scale from 0 with some round values, all of them whole: tickets are counted. */
export const scaleOf = (
  values: readonly number[],
  { from, to, maxTicks = 5 }: { from: number; to: number; maxTicks?: number },
): Scale => {
  const max = Math.max(...values, 1);
  const power = 10 ** Math.max(0, Math.floor(Math.log10(max / maxTicks)));
  const step = [1, 2, 5, 10].map((factor) => factor * power).find((size) => size * maxTicks >= max) ?? max;
  const count = Math.ceil(max / step);
  return {
    ticks: Array.from({ length: count + 1 }, (_, index) => index * step),
    at: (value) => from + ((to - from) * value) / (count * step),
  };
};
