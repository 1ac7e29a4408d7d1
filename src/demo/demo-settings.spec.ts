import { afterEach, describe, expect, it } from '@jest/globals';
import { StartRefused } from '../config/start-refused.js';
import { demoSettings } from './demo-settings.js';

const { WORKERS } = process.env;
afterEach(() => {
  if (WORKERS === undefined) delete process.env.WORKERS;
  else process.env.WORKERS = WORKERS;
});

describe('the demo', () => {
  it('is one process, and says so where several are asked for', () => {
    process.env.WORKERS = '2';
    expect(demoSettings).toThrow(new StartRefused('WORKERS: expected 1, since the demo is one process'));
    delete process.env.WORKERS;
    expect(demoSettings().workers).toBe(1);
  });
});
