import { describe, expect, it } from '@jest/globals';
import { instant } from '../../../shared/instant.js';
import { sameHourBefore } from './same-hour.js';

const at = (text: string) => instant(text);

describe('the same hour of the day before', () => {
  it.each([
    [
      'in the zone of the day',
      '2026-05-16',
      '2026-05-16T14:30:00Z',
      'America/Toronto',
      '2026-05-15T14:30:00.000Z',
    ],
    [
      'an hour east of it',
      '2026-05-16',
      '2026-05-16T14:30:00Z',
      'America/Halifax',
      '2026-05-15T14:30:00.000Z',
    ],
    [
      'by the clocks, the day after they are set forward',
      '2026-03-09',
      '2026-03-09T14:00:00Z',
      'America/Toronto',
      '2026-03-08T14:00:00.000Z',
    ],
    [
      'by the clocks, on the day on which they are set forward',
      '2026-03-08',
      '2026-03-08T14:00:00Z',
      'America/Toronto',
      '2026-03-07T15:00:00.000Z',
    ],
    [
      'of a time that the day before lacks',
      '2026-03-09',
      '2026-03-09T06:30:00Z',
      'America/Toronto',
      '2026-03-08T07:30:00.000Z',
    ],
    [
      'of a time that the day before has twice',
      '2026-11-02',
      '2026-11-02T06:30:00Z',
      'America/Toronto',
      '2026-11-01T05:30:00.000Z',
    ],
    ['where the day is over already', '2026-05-16', '2026-05-17T03:30:00Z', 'America/Halifax', 'infinity'],
    ['where the day has not begun', '2026-05-16', '2026-05-16T04:30:00Z', 'America/Winnipeg', '-infinity'],
  ])('is found %s', (_where, today, now, timeZone, until) => {
    expect(sameHourBefore(today, at(now), timeZone)).toEqual({ timeZone, until });
  });
});
