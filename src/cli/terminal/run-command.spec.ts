import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { StartRefused } from '../../config/start-refused.js';
import { runCommand } from './run-command.js';

const usage = 'npm run --silent something';
let written: string;
beforeEach(() => {
  written = '';
  jest.spyOn(process.stderr, 'write').mockImplementation((text) => {
    written += String(text);
    return true;
  });
});
afterEach(() => {
  jest.restoreAllMocks();
  process.exitCode = undefined;
});

const saidOf = async (thrown: Error): Promise<string> => {
  await runCommand(usage, () => Promise.reject(thrown));
  expect(process.exitCode).toBe(1);
  return written;
};

describe('a command that fails', () => {
  it('prints one line where the user can mend the cause', async () => {
    expect(await saidOf(new StartRefused('--out: missing'))).toBe('--out: missing\n');
  });

  it('prints its usage where an option is wrong', async () => {
    const wrong = Object.assign(new Error('Unknown option'), { code: 'ERR_PARSE_ARGS_UNKNOWN_OPTION' });
    expect(await saidOf(wrong)).toBe(`Unknown option\n${usage}\n`);
  });

  it('prints the stack of any other error, and of its cause', async () => {
    const said = await saidOf(new Error('no figures', { cause: new Error('no log') }));
    expect(said).toMatch(/Error: no figures\n +at /);
    expect(said).toMatch(/Error: no log\n +at /);
  });

  it.each<[string, Error, RegExp]>([
    ['without a message', new StartRefused(''), /^Error:? ?\n +at /],
    ['without a stack', Object.assign(new Error('lost'), { stack: '' }), /lost/],
    [
      'of several addresses',
      new AggregateError([new Error('::1 refused'), new Error('127.0.0.1 refused')]),
      /127\.0\.0\.1 refused/,
    ],
    // gRPC's errors have such codes.
    [
      'with a number for a code',
      Object.assign(new Error('14 UNAVAILABLE'), { code: 14 }),
      /^Error: 14 UNAVAILABLE/,
    ],
    ['that is undefined', undefined as unknown as Error, /undefined/],
  ])('is never silent: an error %s', async (_what, thrown, words) => {
    expect(await saidOf(thrown)).toMatch(words);
  });
});
