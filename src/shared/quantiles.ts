/** The middle one, or the mean of the two in the middle; 0 of none. */
export const medianOf = (values: readonly number[]): number => {
  const sorted = ascending(values);
  const [low = 0, high = 0] = [
    sorted[Math.ceil(sorted.length / 2) - 1],
    sorted[Math.floor(sorted.length / 2)],
  ];
  return (low + high) / 2;
};

/**
 * The values between which a further one of the same kind lies with at least this probability: those of the ranks (n + 1) × a half of
 * the rest from either end, rounded outwards (split conformal prediction). The outermost where there are too few; 0 of none.
 */
export const predictiveRange = (values: readonly number[], probability: number): [number, number] => {
  const sorted = ascending(values);
  const rank = Math.max(1, Math.floor(((sorted.length + 1) * (1 - probability)) / 2));
  return [sorted[rank - 1] ?? 0, sorted[sorted.length - rank] ?? 0];
};

const ascending = (values: readonly number[]): number[] => [...values].sort((a, b) => a - b);
