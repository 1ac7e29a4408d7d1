import { weeks } from '../projections/sample-log.mjs';

const weekMs = 7 * 24 * 3_600_000;

/**
 * Weeks of the sample's mix, recorded evenly over the days after each began, as live traffic is: the sample itself was recorded in
 * a minute. So the bound of a past state lies amid a day like any other.
 */
export function* makeLog(sample, events) {
  const start = Date.parse('2026-05-13T12:00:00Z');
  let index = 0;
  for (const batch of weeks(sample, events)) {
    yield batch.map((event) => ({
      ...event,
      recordedAt: new Date(start + Math.floor((index++ * weekMs) / sample.length)).toISOString(),
    }));
  }
}
