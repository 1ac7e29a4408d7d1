import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { instant } from '../shared/instant.js';
import { daysBetween, endOfDay, localDay, startOfDay, widestDay } from './local-days.js';

const day = (at: string, zone: string) => localDay(instant(at), zone);

describe('the local day of an instant', () => {
  it('begins at local midnight', () => {
    expect(day('2026-05-15T03:59:59.999Z', 'America/Toronto')).toBe('2026-05-14');
    expect(day('2026-05-15T04:00:00.000Z', 'America/Toronto')).toBe('2026-05-15');
  });

  it('is 23 hours long on 8 March and 25 on 1 November', () => {
    const length = (of: string, before: string) =>
      (endOfDay(of, 'America/Toronto') - endOfDay(before, 'America/Toronto')) / 3_600_000;
    expect(length('2026-03-08', '2026-03-07')).toBe(23);
    expect(length('2026-11-01', '2026-10-31')).toBe(25);
    expect(day('2026-11-02T04:30:00Z', 'America/Toronto')).toBe('2026-11-01');
    expect(day('2026-11-02T05:00:00Z', 'America/Toronto')).toBe('2026-11-02');
  });

  it('differs between the zones of the network at the same instant', () => {
    const at = '2026-07-01T03:30:00Z';
    expect(day(at, 'America/Toronto')).toBe('2026-06-30');
    expect(day(at, 'America/Blanc-Sablon')).toBe('2026-06-30');
    expect(day(at, 'America/Halifax')).toBe('2026-07-01');
    expect(day(at, 'America/Moncton')).toBe('2026-07-01');
  });

  it('is the interval between two midnights where the clock is set back over midnight', () => {
    // St. John's set its clock back at 00:01 in 2006: 23:30 came twice, the second time after the first midnight.
    expect(day('2006-10-29T02:29:00Z', 'America/St_Johns')).toBe('2006-10-28');
    expect(day('2006-10-29T02:45:00Z', 'America/St_Johns')).toBe('2006-10-29');
  });

  it('is the same as a calendar’s, whatever days are in the cache', () => {
    const zones = ['America/Toronto', 'America/Halifax', 'America/Blanc-Sablon', 'Pacific/Kiritimati'];
    const calendars = new Map(
      zones.map((timeZone) => [timeZone, new Intl.DateTimeFormat('en-CA', { timeZone, dateStyle: 'short' })]),
    );
    fc.assert(
      fc.property(
        fc.date({ min: new Date('2026-01-01'), max: new Date('2027-01-01'), noInvalidDate: true }),
        fc.constantFrom(...zones),
        (date, zone) => expect(localDay(instant(date), zone)).toBe(calendars.get(zone)?.format(date)),
      ),
      { numRuns: 2000 },
    );
  });
});

describe('the widest extent of a day', () => {
  it('holds that day in every time zone', () => {
    for (const date of ['1975-06-30', '2026-03-08', '2026-05-15', '2026-11-01', '2026-12-31']) {
      const { start, end } = widestDay(date);
      for (const zone of [...Intl.supportedValuesOf('timeZone'), 'Etc/GMT+12', 'Etc/GMT-14']) {
        expect([zone, instant(startOfDay(date, zone)) >= start]).toEqual([zone, true]);
        expect([zone, instant(endOfDay(date, zone)) <= end]).toEqual([zone, true]);
      }
    }
  });
});

describe('the days of a range', () => {
  it('are all listed, over the end of February and over a change of clocks', () => {
    expect(daysBetween('2026-02-27', '2026-03-02')).toEqual([
      '2026-02-27',
      '2026-02-28',
      '2026-03-01',
      '2026-03-02',
    ]);
    expect(daysBetween('2026-03-02', '2026-03-01')).toEqual([]);
  });
});
