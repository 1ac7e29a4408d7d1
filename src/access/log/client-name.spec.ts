import { describe, expect, it } from '@jest/globals';
import { clientName } from './client-name.js';

describe('a program’s name', () => {
  it.each([
    ['bureau', 'Firefox', 'bureau, Firefox'],
    [undefined, 'curl/8', 'curl/8'],
    ['bureau', undefined, 'bureau'],
    ['', '', '–'],
    [undefined, undefined, '–'],
    ['a\0b', undefined, 'ab'],
    [undefined, 'x'.repeat(2_000), 'x'.repeat(160)],
  ])('of %j and %j is the same each time it is asked for', (known, userAgent, name) => {
    expect([clientName(known, userAgent), clientName(known, userAgent)]).toEqual([name, name]);
  });
});
