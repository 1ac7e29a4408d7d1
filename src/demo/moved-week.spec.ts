import { describe, expect, it } from '@jest/globals';
import { Temporal } from 'temporal-polyfill';
import { movedDay, movedLine, sample, weeksUntil } from './moved-week.js';

describe('the sample week, moved', () => {
  it('ends on one of the seven days before today, and begins on the same weekday, whatever today is', () => {
    for (let days = -400; days < 800; days += 1) {
      const today = Temporal.PlainDate.from('2026-05-18').add({ days });
      const last = movedDay(sample.last, weeksUntil(today.toString()));
      const since = Temporal.PlainDate.from(last).until(today).days;
      expect([today.toString(), since >= 1 && since <= 7]).toEqual([today.toString(), true]);
      expect(Temporal.PlainDate.from(last).dayOfWeek).toBe(7);
    }
  });

  it('is as it was in the week after the sample', () => {
    expect([weeksUntil('2026-05-18'), weeksUntil('2026-05-24'), weeksUntil('2026-05-25')]).toEqual([0, 0, 1]);
    const line = '{"commandId": "x", "type": "close", "occurredAt": "2026-05-15T23:58:00.120-04:00"}';
    expect(movedLine(line, 0)).toBe(line);
  });

  it('keeps the times on the wall over the end and the beginning of summer time', () => {
    const at = (line: string, weeks: number) =>
      (JSON.parse(movedLine(line, weeks)) as { occurredAt: string }).occurredAt;
    const line = '{"occurredAt": "2026-05-15T00:00:00.000-04:00", "title": "\\"occurredAt\\": \\"hier\\""}';
    expect(at(line, 28)).toBe('2026-11-27T00:00:00.000-05:00');
    expect(at(line, 52)).toBe('2027-05-14T00:00:00.000-04:00');
    // A time that the clocks leave out in spring is an hour later.
    expect(at('{"occurredAt": "2026-05-10T02:30:00.000-04:00"}', 44)).toBe('2027-03-14T03:30:00.000-04:00');
  });
});
