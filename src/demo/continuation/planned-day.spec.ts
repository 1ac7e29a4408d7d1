import { beforeAll, describe, expect, it } from '@jest/globals';
import { daysBetween, localDay } from '../../calendar/local-days.js';
import { instant } from '../../shared/instant.js';
import { timeZone } from '../moved-week.js';
import { sampleLines } from '../sample-lines.js';
import { learnMix, type Example, type Mix } from './mix.js';
import type { PlannedCommand } from './planned-command.js';
import { plannedDay } from './planned-day.js';

/** A working week, with its weekend. */
const week = daysBetween('2026-11-30', '2026-12-06');
let mix: Mix;
let plannedWeek: PlannedCommand[][];
beforeAll(async () => {
  mix = learnMix(await sampleLines());
  plannedWeek = week.map((day) => plannedDay(mix, day));
});

const ofType = (planned: readonly PlannedCommand[], type: string) =>
  planned.filter(({ command }) => command.type === type);
const shares = (keys: readonly string[]): Map<string, number> => {
  const counts = new Map<string, number>();
  for (const key of keys) counts.set(key, (counts.get(key) ?? 0) + 1 / keys.length);
  return counts;
};
/** The largest difference between the shares of the same key. */
const distance = (a: readonly string[], b: readonly string[]): number => {
  const [first, second] = [shares(a), shares(b)];
  return Math.max(
    ...[...first.keys(), ...second.keys()].map((key) =>
      Math.abs((first.get(key) ?? 0) - (second.get(key) ?? 0)),
    ),
  );
};

describe('a day of generated tickets', () => {
  it('is the same whenever it is planned, and another one on another day', () => {
    expect(plannedDay(mix, week[0]!)).toEqual(plannedWeek[0]);
    const ids = plannedWeek.flatMap((planned) => ofType(planned, 'open').map(({ ticketId }) => ticketId));
    expect(new Set(ids).size).toBe(ids.length);
    const commandIds = plannedWeek.flatMap((planned) => planned.map(({ command }) => command.commandId));
    expect(new Set(commandIds).size).toBe(commandIds.length);
  });

  it('has as many as that weekday of the sample, give or take 6 %', () => {
    expect([...mix.byWeekday].map(([weekday, { length }]) => [weekday, length]).sort()).toEqual([
      ...[[1, 1396], [2, 1353], [3, 1288], [4, 1172], [5, 1107], [6, 514], [7, 688]], // prettier-ignore
    ]);
    for (const [index, planned] of plannedWeek.entries()) {
      const { length } = mix.byWeekday.get(index + 1)!;
      const opened = ofType(planned, 'open').length;
      expect(Math.abs(opened / length - 1)).toBeLessThanOrEqual(0.061);
    }
  });

  it('has the mix of the sample: categories, priorities, establishments, hours, and how long a resolution takes', () => {
    const planned = plannedWeek.flat();
    const opened = ofType(planned, 'open');
    const examples = [...mix.byWeekday.values()].flat();
    for (const field of ['category', 'priority', 'establishment'] as const) {
      const [made, real] = [
        opened.map(({ command }) => String(command[field])),
        examples.map((each) => each[field]),
      ];
      expect([field, distance(made, real) < 0.02]).toEqual([field, true]);
    }
    const hourOf = ({ at }: PlannedCommand) =>
      new Date(at).toLocaleString('en', { timeZone, hour: '2-digit', hourCycle: 'h23' });
    const hours = (each: Example) => String(Math.floor(each.secondOfDay / 3_600)).padStart(2, '0');
    expect(distance(opened.map(hourOf), examples.map(hours))).toBeLessThan(0.03);
    const openedAt = new Map(opened.map(({ ticketId, at }) => [ticketId, at]));
    const took = ofType(planned, 'resolve').map(({ ticketId, at }) => at - openedAt.get(ticketId)!);
    const median = (values: number[]) => values.sort((a, b) => a - b)[Math.floor(values.length / 2)]!;
    const real = median(examples.flatMap(({ resolvedAfterMs }) => resolvedAfterMs ?? []));
    expect(Math.abs(median(took) / real - 1)).toBeLessThan(0.06);
    const left = 1 - took.length / opened.length;
    expect(left).toBeLessThan(0.01);
    expect(left).toBeGreaterThan(0);
  });

  it('opens each ticket on its day, then takes it, then resolves it', () => {
    const orders = new Set<string>();
    for (const day of [...week, '2026-03-08', '2026-11-01']) {
      const planned = plannedDay(mix, day);
      const openedOn = new Set<string>();
      const steps = new Map<string, string[]>();
      for (const { ticketId, at, command } of planned) {
        if (command.type === 'open') openedOn.add(localDay(instant(at), timeZone));
        if (command.occurredAt !== instant(at)) expect(command.occurredAt).toBe(instant(at));
        steps.set(ticketId, [...(steps.get(ticketId) ?? []), command.type]);
      }
      expect([...openedOn]).toEqual([day]);
      for (const types of steps.values()) orders.add(types.join());
    }
    expect([...orders].sort()).toEqual(['open,start', 'open,start,resolve']);
  });

  it('says what the sample says of each category, about other beds and units, and resolves it in a sentence', () => {
    const planned = plannedWeek[2]!;
    const kinds = new Set(
      [...mix.byWeekday.values()]
        .flat()
        .map(({ category, title }) => `${category} ${title.replace(/\d+/, '#')}`),
    );
    for (const { command } of ofType(planned, 'open'))
      expect(kinds).toContain(`${String(command.category)} ${String(command.title).replace(/\d+/, '#')}`);
    for (const { command } of ofType(planned, 'resolve'))
      expect((command.resolution as { note: string }).note).toMatch(/^[A-ZÀÉ].+\.$/);
  });
});
