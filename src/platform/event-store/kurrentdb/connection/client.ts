import { KurrentDBClient } from '@kurrent/kurrentdb-client';
import { StartRefused } from '../../../../config/start-refused.js';

/** A client, connected to nothing yet. Throws StartRefused naming `setting` where it can't make sense of the connection string. */
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

/** The parser quotes what it could not read, which may be the password. */
const withoutSecrets = (error: unknown): string =>
  error instanceof Error && !error.message.startsWith('Unexpected')
    ? error.message
    : (/at position \d+, expected .*$/.exec(String(error))?.[0] ??
      'expected kurrentdb://user:password@host:2113');

/** Where a connection string leads, for people to read. */
export const displayAddress = (url: string): string =>
  /^[^:]+:\/\/(?:[^@/]*@)?([^/?]+)/.exec(url)?.[1] ?? 'nowhere';
