import { z } from 'zod';
import {
  allowInsecureRequests,
  authorizationCodeGrant,
  buildAuthorizationUrl,
  buildEndSessionUrl,
  calculatePKCECodeChallenge,
  ClientSecretPost,
  discovery,
  enableNonRepudiationChecks,
  None,
  randomNonce,
  randomPKCECodeVerifier,
  randomState,
  type Configuration,
} from 'openid-client';
import { ownPath } from '../../platform/http/own-path.js';
import { principalOfClaims } from '../claims.js';
import type { Principal } from '../permissions.js';
import { renewFrom, type Renewal, type TokenSet } from './renewal.js';
import type { Seal } from './seal.js';
import { locales, type Language } from '../../shared/text/text.js';
import { DomainError } from '../../shared/problems/domain-error.js';

/** Where people sign in, and as which client of it we ask. */
export interface IdentityProvider {
  issuer: string;
  clientId: string;
  clientSecret?: string | undefined;
  /** What is asked for: `openid`, and whatever a provider wants named before it gives a refresh token. */
  scope: string;
}

/** The provider's own session outlives ours where it can't be told; nobody waits longer for it. */
const providerTimeoutSeconds = 5;

/** The path that the identity provider sends people back to. */
export const callbackPath = '/sign-in/callback';

/** How long someone may take to sign in. */
export const attemptSeconds = 600;
const purpose = 'sign-in';

const attemptSchema = z.object({
  verifier: z.string(),
  state: z.string(),
  nonce: z.string(),
  returnTo: z.string(),
});

/** Signs people in by OpenID Connect: authorization code with PKCE. */
export class SignIn {
  private found: Promise<Configuration> | undefined;
  private endSessionOrigin: string | undefined;

  constructor(
    /** undefined: signing in is not offered. */
    private readonly provider: (() => IdentityProvider) | undefined,
    private readonly seal: Seal,
    /** Where people reach us. */
    readonly publicUrl: () => string,
  ) {}

  get isOffered(): boolean {
    return this.provider !== undefined;
  }

  /**
   * Where to send someone who wants to sign in, and what their browser must keep meanwhile. `anew`: the identity provider is to
   * ask who they are, whoever is signed in there.
   */
  async begin(
    returnTo: string,
    { anew = false, language }: { anew?: boolean; language: Language },
  ): Promise<{ location: string; attempt: string }> {
    const configuration = await this.configuration();
    const [verifier, state, nonce] = [randomPKCECodeVerifier(), randomState(), randomNonce()];
    const location = buildAuthorizationUrl(configuration, {
      redirect_uri: `${this.publicUrl()}${callbackPath}`,
      scope: this.provider?.().scope ?? 'openid',
      code_challenge: await calculatePKCECodeChallenge(verifier),
      code_challenge_method: 'S256',
      state,
      nonce,
      ui_locales: locales[language],
      ...(anew ? { prompt: 'login' } : {}),
    });
    const returning = { verifier, state, nonce, returnTo: ownPath(returnTo, this.publicUrl()) };
    return { location: location.href, attempt: await this.seal.close(purpose, returning, attemptSeconds) };
  }

  /** Who came back, and where they wanted to go. Throws `sign-in-failed`. */
  async finish(
    path: string,
    attempt: string | undefined,
  ): Promise<{ principal: Principal; tokens: TokenSet; returnTo: string }> {
    const kept = attempt === undefined ? undefined : await this.seal.open(purpose, attempt);
    const { data } = attemptSchema.safeParse(kept);
    if (!data) throw new DomainError('sign-in-failed');
    const { verifier, state, nonce, returnTo } = data;
    const home = this.publicUrl();
    const address = new URL(ownPath(path, home), home);
    const tokens = await authorizationCodeGrant(await this.configuration(), address, {
      pkceCodeVerifier: verifier,
      expectedState: state,
      expectedNonce: nonce,
      idTokenExpected: true,
    }).catch((cause: unknown) => {
      throw new DomainError('sign-in-failed', { cause });
    });
    const principal = principalOfClaims(tokens.claims());
    if (!principal) throw new DomainError('sign-in-failed');
    const { id_token: idToken, refresh_token: refreshToken } = tokens;
    return { principal, tokens: { idToken, refreshToken }, returnTo: ownPath(returnTo, home) };
  }

  /** What someone who signed in may do by now. */
  async renew({ refreshToken }: TokenSet, person: string): Promise<Renewal> {
    if (refreshToken === undefined) return { outcome: 'refused' };
    const configuration = await this.configuration().catch(() => undefined);
    return configuration ? renewFrom(configuration, refreshToken, person) : { outcome: 'away' };
  }

  /** Where to send someone who signed out here, so that they are at the identity provider too; it sends them back to our home page. */
  async afterSignOut({ idToken }: TokenSet): Promise<string> {
    const configuration = this.provider && (await this.configuration().catch(() => undefined));
    if (configuration?.serverMetadata().end_session_endpoint === undefined) return '/';
    return buildEndSessionUrl(configuration, {
      post_logout_redirect_uri: `${this.publicUrl()}/`,
      ...(idToken === undefined ? {} : { id_token_hint: idToken }),
    }).href;
  }

  /** Found ahead, so that pages can name where signing out leads to before anybody has signed in at this process. */
  warmUp(): void {
    if (this.provider) void this.configuration().catch(() => undefined);
  }

  /** The origin that signing out leads to, for the forms that do; undefined: ours, or not known yet. */
  get signsOutAt(): string | undefined {
    return this.endSessionOrigin;
  }

  /** Found at the first sign-in, and again after a failure. */
  private async configuration(): Promise<Configuration> {
    if (!this.provider) throw new DomainError('sign-in-not-offered');
    this.found ??= discover(this.provider());
    const configuration = await this.found.catch((cause: unknown) => {
      this.found = undefined;
      throw new DomainError('unavailable', { cause });
    });
    const { end_session_endpoint: end } = configuration.serverMetadata();
    this.endSessionOrigin = end === undefined ? undefined : new URL(end).origin;
    return configuration;
  }
}

const discover = async ({ issuer, clientId, clientSecret }: IdentityProvider): Promise<Configuration> => {
  const authentication = clientSecret === undefined ? None() : ClientSecretPost(clientSecret);
  const isPlain = new URL(issuer).protocol === 'http:';
  // Deprecated as a warning to whoever would use it without need: only an issuer of http: needs it.
  // eslint-disable-next-line @typescript-eslint/no-deprecated
  const execute = isPlain ? [allowInsecureRequests] : [];
  const configuration = await discovery(new URL(issuer), clientId, undefined, authentication, {
    execute: [...execute, enableNonRepudiationChecks],
    timeout: providerTimeoutSeconds,
  });
  return configuration;
};
