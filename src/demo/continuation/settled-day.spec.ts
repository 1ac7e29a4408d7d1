import { beforeAll, expect, it } from '@jest/globals';
import { daysBetween, endOfDay } from '../../calendar/local-days.js';
import { daysBeforeSample, sample, timeZone } from '../moved-week.js';
import { sampleLines } from '../sample-lines.js';
import { learnMix, type Mix } from './mix.js';
import { plannedDay } from './planned-day.js';
import { batchesOf } from './send-planned.js';
import { settledDay } from './settled-day.js';

let mix: Mix;
beforeAll(async () => (mix = learnMix(await sampleLines())));

it('every ticket of the days before the sample is over before it, and no batch ends between its two commands', () => {
  const days = daysBeforeSample(0);
  const last = days[0]!;
  const end = endOfDay(last, timeZone);
  for (const day of days.slice(0, 3)) {
    const planned = settledDay(mix, day, last);
    const opened = plannedDay(mix, day).filter(({ command }) => command.type === 'open');
    expect(planned.filter(({ command }) => command.type === 'open')).toEqual(opened);
    for (const batch of batchesOf(planned)) {
      for (let index = 0; index < batch.length; index += 2) {
        const [opening, resolution] = [batch[index]!, batch[index + 1]!];
        expect([opening.ticketId, opening.command.type]).toEqual([resolution.ticketId, 'open']);
        expect(resolution.command.type).toBe('resolve');
        expect(resolution.at).toBeGreaterThan(opening.at);
        expect(resolution.at).toBeLessThan(end);
      }
    }
  }
});

it('the days before the sample and its own are as many as a forecast needs, and a week to learn its errors from', () => {
  expect([...daysBeforeSample(0)].reverse()).toEqual(daysBetween('2026-04-11', '2026-05-08'));
  expect(daysBeforeSample(0).length + daysBetween(sample.first, sample.last).length).toBe(37);
});
