/** How long retries wait: so long after the first failure, twice as long after each one more in a row, and never longer than the last. */
export interface Backoff {
  firstMs: number;
  maxMs: number;
}

/** The wait after so many failures in a row, the one just met included. */
export const backoffMs = ({ firstMs, maxMs }: Backoff, failures: number): number =>
  Math.min(firstMs * 2 ** (failures - 1), maxMs);
