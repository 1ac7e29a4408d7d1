import { describe, expect, it } from '@jest/globals';
import { copyText } from './insert-rows.js';

describe('a value in the text that COPY reads', () => {
  it.each([
    [null, '\\N'],
    [undefined, '\\N'],
    ['', ''],
    ['\\N', '\\\\N'],
    ['one\ttwo\nthree\r\\', 'one\\ttwo\\nthree\\r\\\\'],
    ['«é» 🖨️', '«é» 🖨️'],
    [0, '0'],
    [9007199254740993n, '9007199254740993'],
    [false, 'false'],
    [{ note: 'two\nlines' }, '{"note":"two\\\\nlines"}'],
    [[], '[]'],
  ])('%p: %s', (value, text) => {
    expect(copyText(value)).toBe(text);
  });
});
