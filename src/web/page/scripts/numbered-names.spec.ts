import { describe, expect, it } from '@jest/globals';
import { nameInRow } from './numbered-names.js';

describe('the name of a field in another row', () => {
  it.each([
    ['/releves/0/day', 3, '/releves/3/day'],
    ['/releves/12/targetNote', 13, '/releves/13/targetNote'],
    ['releves-0-day', 1, 'releves-1-day'],
    ['releves-9-day-error', 10, 'releves-10-day-error'],
    ['/bilan', 2, '/bilan'],
  ])('%s in row %d is %s', (name, row, expected) => expect(nameInRow(name, row)).toBe(expected));
});
