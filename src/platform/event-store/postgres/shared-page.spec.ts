import { afterEach, describe, expect, it, jest } from '@jest/globals';
import { markOf } from '../bookmark.js';
import type { RecordedEvent } from '../event-store.js';
import { SharedPage } from './shared-page.js';

const at = (position: bigint) => ({ position }) as RecordedEvent;
const positions = (events: readonly RecordedEvent[]) => events.map(({ position }) => Number(position));

describe('the newest page of a log', () => {
  let end: bigint;
  let reads: number;
  const log = (until: bigint) => {
    end = until;
    reads = 0;
    return new SharedPage((after, size) => {
      reads += 1;
      const events: RecordedEvent[] = [];
      for (let p = after + 1n; p <= end && events.length < size; p += 1n) events.push(at(p));
      return Promise.resolve({ anchor: after > 0n && after <= end ? at(after) : undefined, events });
    });
  };
  const ask = async (page: SharedPage, after: bigint, { signs = 1, size = 10 } = {}) => {
    const { events, caughtUp } = await page.after({ signs, after, size });
    return [positions(events), caughtUp];
  };
  afterEach(() => {
    jest.restoreAllMocks();
  });

  it('is read once for all readers that one notification woke, whatever their positions in it', async () => {
    const page = log(5n);
    const answers = await Promise.all([ask(page, 2n), ask(page, 2n), ask(page, 4n), ask(page, 5n)]);
    expect(answers).toEqual([
      [[3, 4, 5], true],
      [[3, 4, 5], true],
      [[5], true],
      [[], true],
    ]);
    expect(reads).toBe(1);
  });

  it('is read anew after another notification, and for a reader that polls', async () => {
    const page = log(1n);
    await ask(page, 0n);
    end = 2n;
    expect(await ask(page, 1n, { signs: 2 })).toEqual([[2], true]);
    end = 3n;
    jest.spyOn(performance, 'now').mockReturnValue(performance.now() + 1_000);
    expect(await ask(page, 2n, { signs: 2 })).toEqual([[3], true]);
    expect(reads).toBe(3);
  });

  it('is read anew for a reader whose position is before it', async () => {
    const page = log(5n);
    await ask(page, 3n);
    expect(await ask(page, 1n)).toEqual([[2, 3, 4, 5], true]);
    expect(reads).toBe(2);
  });

  it('gives each reader the mark of the event that it follows, if that is in the page', async () => {
    const page = log(5n);
    const follows = async (after: bigint) => (await page.after({ signs: 1, after, size: 10 })).follows;
    expect(await follows(2n)).toEqual({ mark: markOf(at(2n)) });
    expect(await follows(4n)).toEqual({ mark: markOf(at(4n)) });
    // The page was read before this reader got to its position, so it does not hold that event.
    expect(await follows(7n)).toBeUndefined();
    expect(reads).toBe(1);
    expect(await log(3n).after({ signs: 1, after: 5n, size: 10 })).toMatchObject({
      follows: { mark: undefined },
    });
  });

  it('is continued by another read where it was full, and cut for a reader that asks for fewer events', async () => {
    const page = log(6n);
    expect(await ask(page, 0n, { size: 4 })).toEqual([[1, 2, 3, 4], false]);
    expect(await ask(page, 2n, { size: 1 })).toEqual([[3], false]);
    expect(reads).toBe(1);
    expect(await ask(page, 4n, { size: 4 })).toEqual([[5, 6], true]);
    expect(reads).toBe(2);
  });
});
