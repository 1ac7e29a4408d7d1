import { describe, expect, it } from '@jest/globals';
import { identifiersIn, masked } from './identifiers.js';

const hostile = [
  ...[
    'a',
    'a.',
    '5',
    '514 ',
    '514-555-',
    'abcd ',
    'a@',
    'a@a.',
    '@a.',
    '.',
    "'",
    '_',
    'TREM 8451 ',
    'TREM84511234',
  ],
  ...[
    'TREM 8451 12',
    'T R E M ',
    '8 4 5 1 1 2 3 ',
    'TREM   8   4   5',
    ' ',
    '\n',
    '\u200b',
    'e\u0301',
    '\u{1d7d6}',
    '1\u0336',
  ],
  ...[
    'nam ',
    'nam de la ',
    'tel ',
    'tel: ',
    '514-555-1234',
    '514-555-1234-',
    '(514) 555 - ',
    'm@x.ca',
    'm@x.caTREM84511234',
  ],
  ...['TREM84511234a', 'm@x.ca514-555-1234', 'S/N ', 'x-', 'TREM84511234.5', 'TREM 8451 1234 8451 1234 '],
];

describe('a text that somebody made to be slow to read', () => {
  it.each(hostile)('of «%s» is read in steps that grow no faster than it does', (unit) => {
    const repetitions = Math.ceil(10_000 / unit.length);
    const [half, whole] = [repetitions, 2 * repetitions].map((count) =>
      expressionsRunOn(() => {
        const text = unit.repeat(count);
        identifiersIn(text);
        masked(text);
      }),
    ) as [Run[], Run[]];
    expect(whole.length).toBeLessThanOrEqual(2 * half.length + 100);
    expect(whole.filter((run) => !isBounded(run))).toEqual([]);
  });
});

interface Run {
  source: string;
  read: number;
}

/** The regular expressions that are run meanwhile, each as often as it is, with the length of what it was given. */
const expressionsRunOn = (read: () => void): Run[] => {
  const runs: Run[] = [];
  const original = Object.getOwnPropertyDescriptor(RegExp.prototype, 'exec')!;
  const exec = original.value as typeof RegExp.prototype.exec;
  Object.defineProperty(RegExp.prototype, 'exec', {
    ...original,
    value(this: RegExp, text: string) {
      runs.push({ source: this.source, read: text.length });
      return exec.call(this, text);
    },
  });
  try {
    read();
  } finally {
    Object.defineProperty(RegExp.prototype, 'exec', original);
  }
  return runs;
};

/** Whether an expression costs a bounded number of steps at each place: it repeats nothing without a bound, or reads little. */
const isBounded = ({ source, read }: Run): boolean => {
  if (read <= 64) return true;
  const shape = source.replace(/\\./g, 'x').replace(/\[[^\]]*\]/g, 'x');
  return shape === '^x*$' || !/[*+]|\{\d+,\}/.test(shape);
};
