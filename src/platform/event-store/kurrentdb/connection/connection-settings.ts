import { readFileSync } from 'node:fs';
import { parseConnectionString } from '@kurrent/kurrentdb-client/dist/Client/parseConnectionString.js';
import { StartRefused } from '../../../../config/start-refused.js';
import type { Endpoint, SessionOptions } from '../transport/node-session.js';

export interface ConnectionSettings {
  nodes: readonly Endpoint[];
  /**
   * How the leader is found: `direct` connects to the one node, which says where the leader is if it is not; `gossip` asks the nodes;
   * `dns` asks all addresses that the one name has.
   */
  discovery: 'direct' | 'gossip' | 'dns';
  /** How long a node may take to say which node leads. */
  gossipTimeoutMs: number;
  session: SessionOptions;
}

/** A frozen leader is given up after these two, and the others have chosen a new one by then (2 to 4 s). */
const keepAliveMs = 1_000;
const keepAliveTimeoutMs = 1_500;
const gossipTimeoutMs = 1_000;

/** A connection string of KurrentDB, read as its own client reads it. Throws StartRefused naming `setting` when that is not possible. */
export const connectionSettings = (url: string, setting: string): ConnectionSettings => {
  try {
    const { hosts, dnsDiscover, defaultCredentials, connectionName, ...options } = parseConnectionString(url);
    const encrypted = options.tls !== false;
    return {
      nodes: hosts,
      discovery: dnsDiscover ? 'dns' : hosts.length > 1 ? 'gossip' : 'direct',
      // The connection string has it in seconds.
      gossipTimeoutMs: options.gossipTimeout === undefined ? gossipTimeoutMs : options.gossipTimeout * 1_000,
      session: {
        tls: encrypted ? tlsOptions(options) : undefined,
        headers: {
          ...(connectionName === undefined ? {} : { 'connection-name': connectionName }),
          // A password must not cross the network as plain text.
          ...(defaultCredentials && encrypted ? { authorization: basic(defaultCredentials) } : {}),
        },
        keepAliveMs: enabled(options.keepAliveInterval) ?? keepAliveMs,
        keepAliveTimeoutMs: enabled(options.keepAliveTimeout) ?? keepAliveTimeoutMs,
      },
    };
  } catch (error) {
    throw new StartRefused(`${setting}: not a connection string of KurrentDB: ${withoutSecrets(error)}`);
  }
};

const tlsOptions = (options: {
  tlsVerifyCert?: boolean | undefined;
  tlsCAFile?: string | undefined;
  userCertFile?: string | undefined;
  userKeyFile?: string | undefined;
}): SessionOptions['tls'] => {
  const { tlsVerifyCert, tlsCAFile, userCertFile, userKeyFile } = options;
  if ((userCertFile === undefined) !== (userKeyFile === undefined)) {
    throw new Error('userCertFile and userKeyFile go together');
  }
  return {
    ...(tlsVerifyCert === false && { rejectUnauthorized: false }),
    ...(tlsCAFile !== undefined && { ca: fileAt(tlsCAFile) }),
    ...(userCertFile !== undefined && { cert: fileAt(userCertFile) }),
    ...(userKeyFile !== undefined && { key: fileAt(userKeyFile) }),
  };
};

const fileAt = (path: string): Buffer => {
  try {
    return readFileSync(path);
  } catch (error) {
    throw new Error(`certificate file ${path} was not found or can't be read`, { cause: error });
  }
};

const basic = ({ username, password }: { username: string; password: string }): string =>
  `Basic ${Buffer.from(`${username}:${password}`).toString('base64')}`;

/** A connection string says -1 for a keep-alive that is off; it is never off here, since nothing else notices a frozen node. */
const enabled = (ms: number | undefined): number | undefined => (ms !== undefined && ms > 0 ? ms : undefined);

/** The error's message without the text that the parser could not read and quotes, since that may be the password. */
const withoutSecrets = (error: unknown): string =>
  error instanceof Error && !error.message.startsWith('Unexpected')
    ? error.message
    : (/at position \d+, expected .*$/.exec(String(error))?.[0] ??
      'expected kurrentdb://user:password@host:2113');

/** The hosts and ports of a connection string, without its user and password, for messages. */
export const displayAddress = (url: string): string =>
  /^[^:]+:\/\/(?:[^@/]*@)?([^/?]+)/.exec(url)?.[1] ?? 'nowhere';
