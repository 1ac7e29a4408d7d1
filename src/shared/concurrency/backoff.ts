/** Exponential backoff: `firstMs` after the first failure, twice as long after each further one in a row, `maxMs` at most. */
export interface Backoff {
  firstMs: number;
  maxMs: number;
}

/** The wait in milliseconds after so many failures in a row, 1 or more, the latest included. */
export const backoffMs = ({ firstMs, maxMs }: Backoff, failures: number): number =>
  Math.min(firstMs * 2 ** (failures - 1), maxMs);
