import { describe, expect, it } from '@jest/globals';
import { runInNewContext } from 'node:vm';
import { isUnavailable } from './failures.js';

const fromPostgres = (code: string) => Object.assign(new Error('no'), { code, severity: 'ERROR' });

describe('a failure of the database', () => {
  it.each(['08006', '53100', '57P01', '40001', '58030'])('is a passing one: %s', (code) => {
    expect(isUnavailable(fromPostgres(code))).toBe(true);
    expect(isUnavailable(Object.assign(new Error('no'), { driverError: fromPostgres(code) }))).toBe(true);
  });

  it.each(['23505', '42601', '22P02'])('is the statement’s own: %s', (code) => {
    expect(isUnavailable(fromPostgres(code))).toBe(false);
  });

  it('is a passing one when the connection is lost, whatever realm the error is of', () => {
    const foreign: unknown = runInNewContext(`Object.assign(new Error('write EPIPE'), { code: 'EPIPE' })`);
    expect(foreign instanceof Error).toBe(false);
    expect(isUnavailable(foreign)).toBe(true);
    expect(isUnavailable(new AggregateError([foreign]))).toBe(true);
    expect(isUnavailable(new Error('Connection terminated unexpectedly'))).toBe(true);
    expect(isUnavailable(new Error('Query read timeout'))).toBe(true);
  });

  it('is nothing else', () => {
    expect(isUnavailable(new TypeError('x is not a function'))).toBe(false);
    expect(isUnavailable(undefined)).toBe(false);
  });
});
