/** What a session must be for the server to be the one that is looked for; libpq's words. */
const sessionKinds = ['any', 'read-write', 'read-only', 'primary', 'standby', 'prefer-standby'] as const;
export type TargetSession = (typeof sessionKinds)[number];

export interface DatabaseHost {
  /** A name, an address, or the folder of a Unix socket; undefined: the driver's own default. */
  host: string | undefined;
  /** Where to connect to instead of looking the name up. */
  address: string | undefined;
  /** undefined: the driver's own default. */
  port: number | undefined;
}

export interface DatabaseUrl {
  /** At least one. */
  hosts: readonly [DatabaseHost, ...DatabaseHost[]];
  sessionKind: TargetSession;
  /** undefined: ours. */
  connectTimeoutMs: number | undefined;
  /** What the server is told at the start of a session (`-c name=value …`), beside our own. */
  options: string | undefined;
  /** The rest, as a URL that the driver takes: no host stands in it. */
  rest: string;
}

/** Says what is wrong with a URL, without showing it: it may hold a password. */
export class BadDatabaseUrl extends Error {}

const shape =
  /^(?<scheme>postgres(?:ql)?:\/\/)(?:(?<user>[^/?]*)@)?(?<hosts>[^/?]*)(?<database>\/[^?]*)?(?:\?(?<parameters>.*))?$/s;

/**
 * The URL of a PostgreSQL as libpq reads it, which the driver does only in part: several hosts with commas between, none where the
 * parameters name one, folders of sockets, IPv6 in brackets. Throws BadDatabaseUrl.
 */
export const parseDatabaseUrl = (url: string): DatabaseUrl => {
  const { scheme, user, hosts = '', database = '/', parameters = '' } = shape.exec(url)?.groups ?? {};
  if (scheme === undefined) {
    throw new BadDatabaseUrl('expected a URL that begins with postgres:// or postgresql://');
  }
  // In libpq's URLs a plus sign is one, and no space.
  const own = new URLSearchParams(parameters.replaceAll('+', '%2B'));
  const taken = (name: string): string | undefined => {
    const value = own.get(name);
    own.delete(name);
    return unlessEmpty(value ?? '');
  };
  const found = hostsOf(hosts, { host: taken('host'), hostaddr: taken('hostaddr'), port: taken('port') });
  const sessionKind = targetSessionOf(taken('target_session_attrs'), found.length);
  const connectTimeoutMs = timeoutOf(taken('connect_timeout'));
  const options = taken('options');
  const name = taken('dbname');
  const path = name === undefined ? database : `/${encodeURIComponent(name)}`;
  const at = user === undefined ? '' : `${user}@`;
  const left = own.size === 0 ? '' : `?${own.toString().replaceAll('+', '%20')}`;
  return { hosts: found, sessionKind, connectTimeoutMs, options, rest: `${scheme}${at}${path}${left}` };
};

interface GivenHosts {
  host: string | undefined;
  hostaddr: string | undefined;
  port: string | undefined;
}

/** Those that the parameters name stand in for those before the path, as in libpq. */
const hostsOf = (authority: string, given: GivenHosts): [DatabaseHost, ...DatabaseHost[]] => {
  const written = authority.split(',').map(hostAndPort);
  const names = given.host?.split(',') ?? written.map(({ host }) => host);
  const addresses = given.hostaddr?.split(',') ?? [];
  const ports = given.port?.split(',') ?? written.map(({ port }) => port);
  const count = Math.max(names.length, addresses.length);
  for (const [what, list] of [
    ['hosts', names],
    ['addresses', addresses],
    ['ports', ports],
  ] as const) {
    if (list.length > 1 && list.length !== count) {
      throw new BadDatabaseUrl(`expected as many ${what} as hosts: ${count}, not ${list.length}`);
    }
  }
  const all = Array.from({ length: count }, (_, index) => ({
    host: unlessEmpty(names.length === 1 ? names[0] : names[index]),
    address: unlessEmpty(addresses[index]),
    port: portOf(ports.length === 1 ? ports[0] : ports[index]),
  }));
  return all as [DatabaseHost, ...DatabaseHost[]];
};

const unlessEmpty = (text: string | undefined): string | undefined => (text === '' ? undefined : text);

/** `name`, `name:5432`, `[::1]:5432`, `%2Fvar%2Frun%2Fpostgresql`. */
const hostAndPort = (text: string): { host: string; port: string } => {
  const match = /^(?:\[([^\]]*)\]|([^:]*))(?::([^:]*))?$/s.exec(text);
  if (!match)
    throw new BadDatabaseUrl('expected an IPv6 address in brackets, as in postgres://[::1]:5432/name');
  return { host: decoded(match[1] ?? match[2] ?? ''), port: match[3] ?? '' };
};

const portOf = (text: string | undefined): number | undefined => {
  if (text === undefined || text === '') return undefined;
  const port = /^\d{1,5}$/.test(text) ? Number(text) : 0;
  if (port < 1 || port > 65_535)
    throw new BadDatabaseUrl('expected a port number from 1 to 65535 after each host');
  return port;
};

const targetSessionOf = (text: string | undefined, hosts: number): TargetSession => {
  // Of several, one takes the writes, and without it nothing can be done.
  if (text === undefined) return hosts > 1 ? 'read-write' : 'any';
  const kind = sessionKinds.find((known) => known === text);
  if (kind === undefined) {
    throw new BadDatabaseUrl(
      `expected target_session_attrs to be one of ${sessionKinds.join(', ')}, not ${text}`,
    );
  }
  return kind;
};

const timeoutOf = (text: string | undefined): number | undefined => {
  if (text === undefined) return undefined;
  const seconds = Number(text);
  if (!Number.isInteger(seconds))
    throw new BadDatabaseUrl(`expected connect_timeout in whole seconds, not ${text}`);
  // Zero, or less, is without end, which nobody is to wait.
  return seconds > 0 ? seconds * 1_000 : undefined;
};

const decoded = (text: string): string => {
  try {
    return decodeURIComponent(text);
  } catch {
    throw new BadDatabaseUrl('expected what begins with % to be percent-encoded: a % itself is %25');
  }
};
