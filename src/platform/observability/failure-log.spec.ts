import { describe, expect, it } from '@jest/globals';
import { FailureLog } from './failure-log.js';

const recorded = () => {
  const lines: { level: string; message: string; failingSeconds: number }[] = [];
  const at = (level: string) => (bindings: unknown, message?: string) => {
    lines.push({ level, message: message!, ...(bindings as { failingSeconds: number }) });
  };
  let now = 0;
  const logger = { error: at('error'), info: at('info') };
  const words = { failing: 'fails', recovered: 'goes on' };
  const log = new FailureLog(logger as never, { what: 'it' }, words, () => now);
  return { log, lines, pass: (ms: number) => (now += ms) };
};

describe('what fails again and again', () => {
  it('is logged at once, then once a minute, and when it goes on', () => {
    const { log, lines, pass } = recorded();
    for (let second = 0; second < 150; second += 1) {
      log.failed(new Error('away'));
      pass(1_000);
    }
    log.recovered();
    expect(lines.map(({ level, message, failingSeconds }) => [level, message, failingSeconds])).toEqual([
      ['error', 'fails', 0],
      ['error', 'fails', 60],
      ['error', 'fails', 120],
      ['info', 'goes on', 150],
    ]);
  });

  it('is logged anew when it fails again after it went on', () => {
    const { log, lines } = recorded();
    log.failed(new Error('away'));
    log.recovered();
    log.recovered();
    log.failed(new Error('away'));
    expect(lines.map(({ level }) => level)).toEqual(['error', 'info', 'error']);
  });
});
