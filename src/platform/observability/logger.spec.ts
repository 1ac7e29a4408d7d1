import { describe, expect, it } from '@jest/globals';
import { StartRefused } from '../../config/start-refused.js';
import { createLogger } from './logger.js';

describe('a log in a file', () => {
  it('is refused where it can’t be written, by its name', () => {
    const logFile = '/dev/null/demo/log.ndjson';
    expect(() => createLogger({ logLevel: 'info', logFile })).toThrow(StartRefused);
    expect(() => createLogger({ logLevel: 'info', logFile })).toThrow(logFile);
  });
});
