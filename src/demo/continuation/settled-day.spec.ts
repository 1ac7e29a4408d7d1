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

it('every ticket of the days before the sample is begun and over before it, and no batch ends between its commands', () => {
  const days = daysBeforeSample(0);
  const last = days[0]!;
  const end = endOfDay(last, timeZone);
  for (const day of days.slice(0, 3)) {
    const planned = settledDay(mix, day, last);
    const opened = plannedDay(mix, day).filter(({ command }) => command.type === 'open');
    expect(planned.filter(({ command }) => command.type === 'open')).toEqual(opened);
    for (const batch of batchesOf(planned, 250)) {
      expect(batch.length).toBeLessThanOrEqual(250);
      for (let index = 0; index < batch.length; index += 3) {
        const life = batch.slice(index, index + 3);
        expect(life.map(({ command }) => command.type)).toEqual(['open', 'start', 'resolve']);
        expect(new Set(life.map(({ ticketId }) => ticketId)).size).toBe(1);
        const [opening, start, resolution] = life.map(({ at }) => at);
        expect(start).toBeGreaterThan(opening!);
        expect(resolution).toBeGreaterThan(start!);
        expect(resolution).toBeLessThan(end);
      }
    }
  }
});

it('somebody begins with half of the tickets of a day before the sample within two hours', () => {
  const [last] = daysBeforeSample(0);
  const planned = settledDay(mix, last!, last!);
  const waits = planned.flatMap(({ at, command }, index) =>
    command.type === 'start' ? [at - planned[index - 1]!.at] : [],
  );
  const median = waits.sort((a, b) => a - b)[Math.floor(waits.length / 2)]!;
  expect(median).toBeGreaterThan(10 * 60_000);
  expect(median).toBeLessThan(2 * 3_600_000);
});

it('the days before the sample and its own are as many as a forecast needs, and a week to learn its errors from', () => {
  expect([...daysBeforeSample(0)].reverse()).toEqual(daysBetween('2026-04-11', '2026-05-08'));
  expect(daysBeforeSample(0).length + daysBetween(sample.first, sample.last).length).toBe(37);
});
