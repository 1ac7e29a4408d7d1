import { randomBytes } from 'node:crypto';
import type { Pool } from 'pg';
import type { Logger } from 'pino';
import {
  developmentProvider,
  Seal,
  Sessions,
  SessionStore,
  SessionWatch,
  SignIn,
  WallScreens,
  type IdentityProvider,
} from '../access/index.js';
import type { Settings } from '../config/settings.js';
import { SecurityLog } from '../platform/observability/security-log.js';
import type { Resources } from './app.module.js';

interface SigningIn {
  settings: Settings;
  /** Where people reach us. */
  publicUrl: () => string;
  pool: Pool;
  logger: Logger;
}

/** What people sign in with, and stay signed in by. */
export const signingIn = (
  { settings, publicUrl, pool, logger }: SigningIn,
  opened: (() => Promise<unknown>)[],
): Pick<Resources, 'sessions' | 'signIn' | 'wallScreens'> => {
  const seal = new Seal(settings.sessionSecrets ?? [randomBytes(32).toString('hex')]);
  const secure = settings.publicUrl?.startsWith('https:') ?? false;
  const signIn = new SignIn(identityProvider(settings, publicUrl), seal, publicUrl);
  if (settings.oidc) signIn.warmUp();
  const store = new SessionStore(pool);
  const watch = new SessionWatch(store, logger);
  opened.push(() => {
    watch.stop();
    return Promise.resolve();
  });
  const sessions = new Sessions({
    ...{ seal, store, watch, secure, limits: settings.sessions },
    renew: (tokens, person) => signIn.renew(tokens, person),
    log: new SecurityLog(logger),
  });
  const wallScreens = new WallScreens(pool, sessions, settings.sessions.wallScreenSeconds);
  return { sessions, signIn, wallScreens };
};

const identityProvider = (
  { oidc }: Settings,
  publicUrl: () => string,
): (() => IdentityProvider) | undefined => {
  if (!oidc) return () => developmentProvider(publicUrl());
  const { issuer, client } = oidc;
  return (
    client && (() => ({ issuer, clientId: client.id, clientSecret: client.secret, scope: client.scope }))
  );
};
