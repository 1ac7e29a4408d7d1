import { createHash } from 'node:crypto';

/** Numbers from 0 to 1, 1 left out, that look random and are the same for the same seed on every machine. */
export type Random = () => number;

/** Mulberry32, begun from a hash of the seed: enough for days that look alive, and for nothing else. */
export const randomFrom = (seed: string): Random => {
  let state = createHash('sha256').update(seed).digest().readUInt32LE(0);
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
};

/** One of the values, which are not empty. */
export const pick = <Value>(random: Random, values: readonly Value[]): Value => {
  const value = values[Math.floor(random() * values.length)];
  if (value === undefined) throw new Error('there is nothing to pick from');
  return value;
};

/** A number between two, the second left out. */
export const numberBetween = (random: Random, from: number, to: number): number =>
  from + random() * (to - from);
