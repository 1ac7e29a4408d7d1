import { describe, expect, it } from '@jest/globals';
import type { QueryBus } from '@nestjs/cqrs';
import { pino } from 'pino';
import { instant } from '../../shared/instant.js';
import { countsOf, ReadCategories } from './read-categories.js';

describe('the figures by category', () => {
  it('are unknown where they can’t be read, and are read again the next time', async () => {
    let isBroken = true;
    const groups = [{ key: 'impression', opened: 3, tickets: 2 }];
    const execute = () =>
      isBroken
        ? Promise.reject(new Error('away'))
        : Promise.resolve({ groups, position: '7', incomplete: 0 });
    const queries = { execute } as unknown as QueryBus;
    const categories = new ReadCategories(
      queries,
      { now: () => instant('2026-05-15T12:00:00Z') },
      pino({ level: 'silent' }),
    );
    expect(await categories.readSoon('2026-05-15', '7')).toBeUndefined();
    isBroken = false;
    expect(await categories.readSoon('2026-05-15', '7')).toMatchObject({
      categories: [{ category: 'impression', opened: 3, resolved: 2, backlog: 2 }],
    });
  });

  it('are those of every category that has any, the most opened first', () => {
    const during = [
      { key: 'reseau', opened: 1, tickets: 0 },
      { key: 'impression', opened: 4, tickets: 2 },
    ];
    expect(countsOf(during, [{ key: 'autre', tickets: 5 }])).toEqual([
      { category: 'impression', opened: 4, resolved: 2, backlog: 0 },
      { category: 'reseau', opened: 1, resolved: 0, backlog: 0 },
      { category: 'autre', opened: 0, resolved: 0, backlog: 5 },
    ]);
  });
});
