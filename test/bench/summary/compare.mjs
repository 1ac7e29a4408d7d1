/**
 * How something does beside its peer; more is better. `aim` is what it should come to, where that was said.
 * @typedef {{ what: string, ratio: number, aim?: number | undefined }} Ratio
 * @typedef {Ratio & { before?: number | undefined, change?: number | undefined }} ComparedRatio
 */

/** A ratio that falls by more than this part of what it was has fallen: less than that is noise, even on a quiet machine. */
const toleratedFall = 0.2;

/**
 * Each ratio beside what it was, and by which part of that it has changed. What the baseline has of these parts (the beginnings of the
 * names) and was not measured comes as NaN.
 * @param {readonly Ratio[]} ratios
 * @param {Readonly<Record<string, number>>} baseline what each ratio was
 * @param {readonly string[]} parts
 * @returns {ComparedRatio[]}
 */
export const compare = (ratios, baseline, parts) => {
  const measured = new Set(ratios.map(({ what }) => what));
  const missing = Object.keys(baseline).filter((what) => isOf(parts, what) && !measured.has(what));
  return [...ratios, ...missing.map((what) => ({ what, ratio: Number.NaN }))].map((ratio) => {
    const before = baseline[ratio.what];
    return { ...ratio, before, change: before === undefined ? undefined : ratio.ratio / before - 1 };
  });
};

/**
 * Whether a ratio is of one of these parts: its name begins with the part's.
 * @param {readonly string[]} parts
 * @param {string} what
 */
const isOf = (parts, what) => parts.some((part) => what.startsWith(`${part}: `));

/**
 * The baseline with what was measured anew, without what is no longer measured in these parts, and with the other parts as they were.
 * @param {readonly Ratio[]} ratios
 * @param {Readonly<Record<string, number>>} baseline
 * @param {readonly string[]} parts
 * @returns {Record<string, number>}
 */
export const renewed = (ratios, baseline, parts) =>
  Object.fromEntries([
    ...Object.entries(baseline).filter(([what]) => !isOf(parts, what)),
    ...ratios.map(({ what, ratio }) => [what, Number(ratio.toPrecision(3))]),
  ]);

/**
 * A sentence for each ratio that has fallen by more than a fifth, and for each that is no number: a benchmark that measured nothing has
 * not shown that nothing fell.
 * @param {readonly ComparedRatio[]} ratios
 */
export const complaintsOf = (ratios) =>
  ratios.flatMap(({ what, ratio, before, change }) => {
    if (!Number.isFinite(ratio)) return [`${what}: not measured`];
    if (before === undefined || change === undefined || change >= -toleratedFall) return [];
    return [`${what}: ${format(ratio)}, ${Math.round(-change * 100)} % below ${format(before)}`];
  });

/**
 * A ratio with three significant digits, as far as it has decimals.
 * @param {number} ratio
 */
export const format = (ratio) => (ratio < 100 ? ratio.toPrecision(3) : String(Math.round(ratio)));
