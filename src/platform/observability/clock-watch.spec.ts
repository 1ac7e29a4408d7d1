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
  it('agree where PostgreSQL’s time is that of this process', async () => {
    database.recorded = database.now - 3_600;
    const { warning, recordedAheadSeconds, databaseAheadSeconds } = await read();
    expect([warning, recordedAheadSeconds]).toEqual([null, 0]);
    expect(Math.abs(databaseAheadSeconds)).toBeLessThan(0.5);
  });

  it('differ, with a warning, where PostgreSQL’s is ahead or behind', async () => {
    database.now += 90;
    expect((await read()).warning).toMatch(/clock is [89]\d\.\d s ahead of this process's/);
    database.now -= 180;
    expect((await read()).warning).toMatch(/clock is [89]\d\.\d s behind this process's/);
  });

  it('differ, with a warning, where the log is ahead of a clock that was set back', async () => {
    database.recorded = database.now + 600;
    const { warning, recordedAheadSeconds } = await read();
    expect(recordedAheadSeconds).toBe(600);
    expect(warning).toMatch(/recordedAt runs 600\.0 s ahead/);
  });

  it('count as equal when they differ by less than half the time that the answer took', async () => {
    database.now += 0.2;
    expect((await read(500)).databaseAheadSeconds).toBe(0);
  });
});
