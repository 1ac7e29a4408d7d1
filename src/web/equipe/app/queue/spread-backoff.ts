import { backoffMs } from '../../../../shared/backoff.js';

const backoff = { firstMs: 2_000, maxMs: 5 * 60_000 };

/**
 * How long to wait after so many failures in a row, twice as long each time. `chance` from 0 to 1 spreads a ward's tablets,
 * which all hear of the network at once. Never sooner than the server asked for.
 */
export const spreadBackoffMs = (failures: number, chance: number, retryAfterMs = 0): number => {
  const whole = backoffMs(backoff, failures);
  return Math.max(retryAfterMs, Math.round(whole * (0.5 + chance / 2)));
};
