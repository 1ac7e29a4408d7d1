import { expect, it } from '@jest/globals';
import { StallWatch } from './stall-watch.js';

it('what stands still while there is more is behind for as long as that, whatever the clocks say', () => {
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
