import { backoffMs } from '../../../../shared/concurrency/backoff.js';

const backoff = { firstMs: 2_000, maxMs: 5 * 60_000 };

/**
 * The wait in milliseconds after a number of failures in a row: it doubles each time, and is never shorter than `retryAfterMs`.
 * `chance`, from 0 to 1, takes off up to half, so that the tablets of a ward, whose network comes back at once, do not all retry
 * together.
 */
export const spreadBackoffMs = (failures: number, chance: number, retryAfterMs = 0): number => {
  const whole = backoffMs(backoff, failures);
  return Math.max(retryAfterMs, Math.round(whole * (0.5 + chance / 2)));
};
