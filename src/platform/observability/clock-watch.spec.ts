import { beforeEach, describe, expect, it } from '@jest/globals';
import { pino } from 'pino';
import { ClockWatch } from './clock-watch.js';

const noon = Date.UTC(2026, 4, 15, 12);
let database: { now: number; recorded: number | null };
beforeEach(() => {
  database = { now: noon / 1_000, recorded: null };
});

const read = (answerMs = 0) => {
  const query = async () => {
    await new Promise((resolve) => setTimeout(resolve, answerMs));
    return { rows: [database] };
  };
  return new ClockWatch({ query } as never, pino({ level: 'silent' }), () => noon).read();
};

describe('the clocks', () => {
  it('agree where PostgreSQL tells the time of this process', async () => {
    database.recorded = database.now - 3_600;
    const { warning, recordedAheadSeconds, databaseAheadSeconds } = await read();
    expect([warning, recordedAheadSeconds]).toEqual([null, 0]);
    expect(Math.abs(databaseAheadSeconds)).toBeLessThan(0.5);
  });

  it('are said to differ where PostgreSQL’s runs ahead or behind', async () => {
    database.now += 90;
    expect((await read()).warning).toMatch(/clock is [89]\d\.\d s ahead of this process's/);
    database.now -= 180;
    expect((await read()).warning).toMatch(/clock is [89]\d\.\d s behind this process's/);
  });

  it('are said to differ where the log is ahead of a clock that was set back', async () => {
    database.recorded = database.now + 600;
    const { warning, recordedAheadSeconds } = await read();
    expect(recordedAheadSeconds).toBe(600);
    expect(warning).toMatch(/recordedAt runs 600\.0 s ahead/);
  });

  it('are not said to differ by what only the way of the answer may have taken', async () => {
    database.now += 0.2;
    expect((await read(500)).databaseAheadSeconds).toBe(0);
  });
});
