import { describe, expect, it } from '@jest/globals';
import type { Releve } from '../../../../bulletins/index.js';
import { knownReleves } from './known-releves.js';
import { offeredReleves } from './offered-releves.js';

const codes = knownReleves.map(({ code }) => code);
const date = '2026-05-17';
const ticketDay = '2026-05-15';
const earlier = (...releves: Releve[]) => ({
  date: '2026-05-10',
  contents: { ticketDay: '2026-05-08', sections: {}, releves },
});

describe('the offered relevés', () => {
  it('are those the bulletin has a sentence for, each with its own day and no value', () => {
    const offered = offeredReleves(date, {
      contents: { ticketDay, releves: [] },
      earlier: undefined,
      language: 'fr',
    });
    expect(offered.map(({ code, day }) => `${day} ${code}`)).toEqual([
      '2026-05-16 connected-users',
      '2026-05-16 accesses-done',
      '2026-05-16 simultaneous-users',
      '2026-05-15 direct-prescriptions',
      '2026-05-15 documented-surgeries',
    ]);
    expect(offered.every(({ value, total }) => value === '' && total === '')).toBe(true);
  });

  it('include those of the last bulletin, as many days before the date, without their values', () => {
    const last = earlier(
      {
        code: 'formations',
        day: '2026-05-07',
        value: 12,
        total: 20,
        label: 'Formations',
        source: 'RH',
        target: 15,
      },
      { code: 'documented-surgeries', day: '2026-05-09', value: 154 },
    );
    const offered = offeredReleves(date, {
      contents: { ticketDay, releves: [] },
      earlier: last,
      language: 'fr',
    });
    expect(offered.map(({ code }) => code)).toEqual([...codes, 'formations']);
    expect(offered.at(-1)).toEqual({
      ...{ code: 'formations', label: 'Formations', day: '2026-05-14', value: '', total: '' },
      ...{ unit: '', target: '15', targetNote: '', source: 'RH' },
    });
    expect(offered.find(({ code }) => code === 'documented-surgeries')?.day).toBe('2026-05-16');
  });

  it('leave out relevés that are already written', () => {
    const releves = [{ code: 'connected-users', day: '2026-05-13', value: 1 }];
    const offered = offeredReleves(date, {
      contents: { ticketDay, releves },
      earlier: earlier(...releves),
      language: 'fr',
    });
    expect(offered.map(({ code }) => code)).toEqual(codes.slice(1));
  });
});
