import { describe, expect, it } from '@jest/globals';
import {
  addressOf,
  filterOf,
  filterOfView,
  filterSearching,
  filterWith,
  filterWithout,
  isSameFilter,
  viewOfFilter,
  type Filter,
} from './filter.js';

const addressFor = (filter: Filter): string => addressOf(filter).toString();

describe('the filter of an address', () => {
  it('is every active ticket where the address says nothing', () => {
    expect(filterOf('')).toEqual([['status', 'active']]);
    expect(addressFor([['status', 'active']])).toBe('');
  });

  it('is every ticket where the address says so', () => {
    expect(filterOf('?status=all')).toEqual([]);
    expect(addressFor([])).toBe('status=all');
  });

  it.each([
    '?assignee=me',
    '?status=all&q=imprimante+du+3e',
    '?status=open&status=waiting&establishment=NIM&sort=-age',
    '?unassigned=true&olderThan=72',
  ])('comes back from its own address: %s', (search) => {
    const filter = filterOf(search);
    expect(filterOf(`?${addressFor(filter)}`)).toEqual(filter);
  });

  it('leaves out what is no filter', () => {
    expect(filterOf('?lang=en&ticket=1&category=&priority=P1')).toEqual([
      ['status', 'active'],
      ['priority', 'P1'],
    ]);
  });
});

describe('a chip', () => {
  const filter = filterOf('?status=open&status=waiting&priority=P1');

  it('is taken off alone', () => {
    expect(filterWithout(filter, ['status', 'open'])).toEqual([
      ['status', 'waiting'],
      ['priority', 'P1'],
    ]);
  });

  it('replaces the one of its name, and goes for an empty value', () => {
    expect(filterWith(filter, 'priority', 'P2')).toContainEqual(['priority', 'P2']);
    expect(filterWith(filter, 'priority', '')).not.toContainEqual(['priority', 'P1']);
  });

  it('for nobody takes the place of one for somebody', () => {
    const mine = filterOf('?assignee=me');
    expect(filterWith(mine, 'unassigned', 'true')).toEqual([
      ['status', 'active'],
      ['unassigned', 'true'],
    ]);
    expect(filterWith(mine, 'unassigned', '')).toEqual(mine);
  });

  it('for words takes the order off, since what is found comes by how well it fits', () => {
    expect(filterWith(filterOf('?sort=-age'), 'q', 'chariot')).toEqual([
      ['status', 'active'],
      ['q', 'chariot'],
    ]);
  });
});

describe('a search', () => {
  it('is for words within the queue', () => {
    expect(filterSearching(filterOf('?priority=P1'), 'chariot')).toEqual([
      ['status', 'active'],
      ['priority', 'P1'],
      ['q', 'chariot'],
    ]);
  });

  it('is for a reference everywhere, and leads back to the active tickets', () => {
    const found = filterSearching(filterOf('?priority=P1'), 'k7m3-qx9p');
    expect(found).toEqual([['q', 'k7m3-qx9p']]);
    expect(filterSearching(found, '')).toEqual(filterOf(''));
  });
});

describe('the filter of a view', () => {
  it('is the same as that of its address, whatever comes first', () => {
    const view = { filter: { olderThan: 72, status: 'active' }, sort: '-age' };
    expect(isSameFilter(filterOfView(view), filterOf('?sort=-age&olderThan=72'))).toBe(true);
  });

  it('may have several statuses, and is kept as it was chosen', () => {
    const filter = filterOf('?status=open&status=waiting&unassigned=true&sort=age');
    expect(filterOfView({ sort: null, ...viewOfFilter(filter) })).toEqual(
      expect.arrayContaining([...filter]),
    );
  });
});
