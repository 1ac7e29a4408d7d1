import { KurrentDBClient } from '@kurrent/kurrentdb-client';
import { StartRefused } from '../../../../config/start-refused.js';

/** A client that is not connected yet. Throws StartRefused naming `setting` when the connection string can't be parsed. */
export const clientFor = (url: string, setting: string): KurrentDBClient => {
  if (/throwOnAppendFailure=false/i.test(url)) {
    throw new StartRefused(`${setting}: throwOnAppendFailure=false would hide conflicts; leave it out`);
  }
  try {
    return KurrentDBClient.connectionString(url);
  } catch (error) {
    throw new StartRefused(`${setting}: not a connection string of KurrentDB: ${withoutSecrets(error)}`);
  }
};

/** The error's message without the text that the parser could not read and quotes, since that may be the password. */
const withoutSecrets = (error: unknown): string =>
  error instanceof Error && !error.message.startsWith('Unexpected')
    ? error.message
    : (/at position \d+, expected .*$/.exec(String(error))?.[0] ??
      'expected kurrentdb://user:password@host:2113');

/** The hosts and ports of a connection string, without its user and password, for messages. */
export const displayAddress = (url: string): string =>
  /^[^:]+:\/\/(?:[^@/]*@)?([^/?]+)/.exec(url)?.[1] ?? 'nowhere';
