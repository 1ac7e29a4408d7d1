import { expect, it } from '@jest/globals';
import { StallWatch } from './stall-watch.js';

it('a projection that stands still while there are more events has stalled for as long, whatever the clocks say', () => {
  let now = 0;
  const watch = new StallWatch(() => now);
  expect(watch.seconds('figures', 5n)).toBe(0);
  now += 4_000;
  expect(watch.seconds('figures', 5n)).toBe(4);
  expect(watch.seconds('search', 5n)).toBe(0);
  expect(watch.seconds('figures', 6n)).toBe(0);
  now += 1_000;
  watch.caughtUp('figures');
  expect(watch.seconds('figures', 6n)).toBe(0);
});
