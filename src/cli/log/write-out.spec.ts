import { once } from 'node:events';
import { describe, expect, it } from '@jest/globals';
import { writeOut } from './write-out.js';

describe('a text that is written out', () => {
  it('is told when no more of it is wanted, though it waits for its next part', async () => {
    let isWaiting = false;
    const written = writeOut('/dev/full', async function* (signal) {
      yield 'a part';
      isWaiting = true;
      await once(signal, 'abort');
      isWaiting = false;
    });
    await expect(written).rejects.toThrow("/dev/full can't be written");
    expect(isWaiting).toBe(false);
  });
});
