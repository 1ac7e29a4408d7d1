import { BlockList, isIP } from 'node:net';

/** What decides whether the development issuer may exist; an unset variable is undefined. */
export interface IssuerSurroundings {
  nodeEnv: string | undefined;
  host: string;
  databaseUrl: string | undefined;
  eventStoreUrl: string | undefined;
  publicUrl: string | undefined;
}

/** The values of NODE_ENV under which anyone at this machine may be anyone. */
const developmentNames: readonly (string | undefined)[] = [undefined, 'development', 'test'];

/** Whether NODE_ENV says, with any word but those two, that people rely on this. */
export const isProduction = (nodeEnv: string | undefined): boolean => !developmentNames.includes(nodeEnv);

/**
 * Why the development issuer does not exist here; undefined where it does: on this machine only, and over data that is nobody else's.
 * Whoever can reach such a server can become an operator of it, so whatever is not known to be harmless is refused.
 */
export const whyNoDevelopmentIssuer = (here: IssuerSurroundings): string | undefined => {
  if (isProduction(here.nodeEnv)) return `with NODE_ENV=${JSON.stringify(here.nodeEnv)}`;
  if (here.databaseUrl !== undefined) return 'with DATABASE_URL';
  if (here.eventStoreUrl !== undefined) return 'with EVENT_STORE_URL';
  if (!isLoopback(here.host)) return `with HOST=${JSON.stringify(here.host)}, which other machines may reach`;
  if (here.publicUrl !== undefined && !isLoopback(new URL(here.publicUrl).hostname)) {
    return `with PUBLIC_URL=${JSON.stringify(here.publicUrl)}, which other machines may reach`;
  }
  return undefined;
};

const loopback = new BlockList();
loopback.addSubnet('127.0.0.0', 8, 'ipv4');
loopback.addAddress('::1', 'ipv6');

/** Whether only this machine reaches what listens there. A name but `localhost` is not asked after: its answer may change. */
export const isLoopback = (host: string): boolean => {
  if (host === 'localhost') return true;
  const address = host.replace(/^\[(.*)\]$/, '$1');
  const family = isIP(address);
  return family !== 0 && loopback.check(address, family === 4 ? 'ipv4' : 'ipv6');
};

/**
 * Why a URL that tokens or passwords travel by is not safe; undefined where it is. Plain HTTP is for what stays on this machine, or
 * where NODE_ENV says that nothing depends on it.
 */
export const whyNotEncrypted = (url: string, nodeEnv: string | undefined): string | undefined => {
  const { protocol, hostname } = new URL(url);
  if (protocol === 'https:') return undefined;
  if (isProduction(nodeEnv)) return `expected https:// with NODE_ENV=${JSON.stringify(nodeEnv)}`;
  if (nodeEnv !== undefined || isLoopback(hostname)) return undefined;
  return 'expected https://, since other machines are reached by it; http:// is for NODE_ENV=development';
};
