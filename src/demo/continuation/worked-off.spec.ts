import { beforeAll, expect, it } from '@jest/globals';
import { daysBetween, endOfDay, startOfDay } from '../../calendar/local-days.js';
import { timeZone } from '../moved-week.js';
import { sampleLines } from '../sample-lines.js';
import { learnMix, type Mix } from './mix.js';
import { plannedDay } from './planned-day.js';
import { workedOff } from './worked-off.js';

let mix: Mix;
beforeAll(async () => (mix = learnMix(await sampleLines())));

/** What the sample leaves active at its end. */
const left = Array.from({ length: 193 }, (_, index) => ({ ticketId: `left ${index}`, category: 'acces' }));
const from = '2026-11-30';

it('what the sample leaves is worked off from the day after it on, the same each time, all but a few', () => {
  const planned = workedOff(mix, left, from);
  expect(workedOff(mix, left, from)).toEqual(planned);
  expect(Math.min(...planned.map(({ at }) => at))).toBeGreaterThanOrEqual(startOfDay(from, timeZone));
  const share = planned.length / left.length;
  expect(share).toBeGreaterThan(0.8);
  expect(share).toBeLessThan(1);
});

it('the backlog stays what it was in the sample, 141 to 240 at the end of a day, more or less', () => {
  const days = daysBetween(from, '2026-12-20');
  const changes = [...days.flatMap((day) => plannedDay(mix, day)), ...workedOff(mix, left, from)].map(
    ({ at, command: { type } }) => ({ at, by: type === 'open' ? 1 : type === 'resolve' ? -1 : 0 }),
  );
  const backlogs = days.map((day) => {
    const end = endOfDay(day, timeZone);
    return changes.reduce((sum, { at, by }) => (at < end ? sum + by : sum), left.length);
  });
  expect(Math.max(...backlogs)).toBeLessThan(1.2 * 240);
  expect(Math.min(...backlogs)).toBeGreaterThan(100);
});
