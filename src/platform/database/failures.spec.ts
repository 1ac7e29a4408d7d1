import { describe, expect, it } from '@jest/globals';
import { runInNewContext } from 'node:vm';
import { isUnavailable } from './failures.js';

const fromPostgres = (code: string) => Object.assign(new Error('no'), { code, severity: 'ERROR' });

/** SQLSTATE codes that come of the state of the database, or of the network in between, by cause. */
const passing: Record<string, string[]> = {
  'the connection, and the protocol spoken on it': ['08000', '08001', '08003', '08006', '08P01'],
  'a login or a right that was taken away': ['28000', '28P01', '42501'],
  'a database that is renamed or closed, or a schema that is gone': ['3D000', '3F000', '55000'],
  'a server that takes no writes': ['25006'],
  'a concurrent transaction': ['40001', '40P01', '40003', '55P03', '55006'],
  'a time limit': ['57014', '25P03', '25P04'],
  'a lack of room, memory or connections': ['53000', '53100', '53200', '53300', '53400'],
  'an operator': ['57P01', '57P02', '57P03', '57P04', '57P05'],
  'the machine and its files': ['58000', '58030', '58P01', 'F0000', 'XX000', 'XX001', 'XX002'],
  'a session that is not the same as before': ['26000', '42P05'],
  'a class that is not known yet': ['ZZ999', '7Z001'],
};

const own = [
  '21000',
  '22P02',
  '22001',
  '22012',
  '2201E',
  '23505',
  '23503',
  '24000',
  '25P02',
  '34000',
  '42601',
];
const ownToo = ['42703', '42883', '42P01', '0A000', '54000', '44000', 'P0001', 'P0002', '25001', '2BP01'];

describe('a failure of the database', () => {
  it.each(Object.entries(passing))('may pass when its cause is %s', (_cause, codes) => {
    for (const code of codes) {
      expect([code, isUnavailable(fromPostgres(code))]).toEqual([code, true]);
      const wrapped = Object.assign(new Error('no'), { driverError: fromPostgres(code) });
      expect([code, isUnavailable(wrapped)]).toEqual([code, true]);
    }
  });

  it.each([...own, ...ownToo])('does not pass where the statement is at fault: %s', (code) => {
    expect(isUnavailable(fromPostgres(code))).toBe(false);
  });

  it('may pass where a statement was prepared for columns that have changed', () => {
    const outdated = Object.assign(fromPostgres('0A000'), { routine: 'RevalidateCachedQuery' });
    expect(isUnavailable(outdated)).toBe(true);
  });

  it('may pass where the connection is lost, even if the error is of another realm', () => {
    const foreign: unknown = runInNewContext(`Object.assign(new Error('write EPIPE'), { code: 'EPIPE' })`);
    expect(foreign instanceof Error).toBe(false);
    expect(isUnavailable(foreign)).toBe(true);
    expect(isUnavailable(new AggregateError([foreign]))).toBe(true);
  });

  it.each([
    ...['ECONNREFUSED', 'ECONNRESET', 'ECONNABORTED', 'EHOSTUNREACH', 'EHOSTDOWN', 'ENETUNREACH', 'ENETDOWN'],
    ...['ENETRESET', 'ETIMEDOUT', 'EPIPE', 'EADDRNOTAVAIL', 'ENOTFOUND', 'EAI_AGAIN', 'EAI_FAIL', 'EPROTO'],
    ...[
      'CERT_HAS_EXPIRED',
      'DEPTH_ZERO_SELF_SIGNED_CERT',
      'SELF_SIGNED_CERT_IN_CHAIN',
      'ERR_SSL_WRONG_VERSION_NUMBER',
    ],
    ...['UNABLE_TO_VERIFY_LEAF_SIGNATURE', 'ERR_TLS_CERT_ALTNAME_INVALID', 'ERR_SOCKET_CONNECTION_TIMEOUT'],
  ])('may pass where the network is at fault: %s', (code) => {
    expect(isUnavailable(Object.assign(new Error('no'), { code }))).toBe(true);
  });

  it.each(['ENOENT', 'EACCES', 'EMFILE', 'ENOBUFS'])(
    'may pass where a system call fails to make a connection: %s',
    (code) => {
      expect(isUnavailable(Object.assign(new Error('no'), { code, syscall: 'connect' }))).toBe(true);
    },
  );

  it.each([
    'Connection terminated unexpectedly',
    'Connection terminated due to connection timeout',
    'Query read timeout',
    'timeout expired',
    'timeout exceeded when trying to connect',
    'Client has encountered a connection error and is not queryable',
    'The server does not support SSL connections',
    'SASL: SCRAM-SERVER-FINAL-MESSAGE: server signature does not match',
    'Cannot use a pool after calling end on the pool',
  ])('may pass where the driver reports it in words only: %s', (message) => {
    expect(isUnavailable(new Error(message))).toBe(true);
  });

  it('does not pass where the error is anything else', () => {
    const missingFile = Object.assign(new Error('no'), { code: 'ENOENT', syscall: 'open' });
    expect(isUnavailable(missingFile)).toBe(false);
    expect(isUnavailable(Object.assign(new Error('no'), { code: 'ERR_INVALID_ARG_TYPE' }))).toBe(false);
    expect(isUnavailable(new TypeError('x is not a function'))).toBe(false);
    expect(isUnavailable(undefined)).toBe(false);
  });
});
