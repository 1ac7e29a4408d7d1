import { randomBytes } from 'node:crypto';
import { parseCookie, stringifySetCookie } from 'cookie';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { isUnattended } from '../../platform/http/unattended-route.js';
import type { SecurityLog } from '../../platform/observability/security-log.js';
import type { Principal } from '../permissions.js';
import type { Renewal, TokenSet } from './renewal.js';
import type { Seal } from './seal.js';
import type { SessionStore, StoredSession } from './session-store.js';
import type { SessionWatch } from './session-watch.js';

const purpose = 'session';
const tokensPurpose = 'provider-tokens';

const cookieSchema = z.object({ secret: z.string() });
const tokensSchema = z.object({ idToken: z.string().optional(), refreshToken: z.string().optional() });

interface SessionLimits {
  /** From signing in, whatever is done. */
  lifetimeSeconds: number;
  /** Without a request. */
  idleSeconds: number;
  /** The identity provider is asked again what someone may, once they do something so long after it was last asked. */
  renewalSeconds: number;
  wallScreenSeconds: number;
}

export interface SessionParts {
  seal: Seal;
  store: SessionStore;
  watch: SessionWatch;
  limits: SessionLimits;
  /** Cookies go over TLS only. */
  secure: boolean;
  /** Asks the identity provider again. */
  renew: (tokens: TokenSet, person: string) => Promise<Renewal>;
  log: Pick<SecurityLog, 'note'>;
}

/** Someone who signed in with a browser. */
export interface SignedInSession {
  id: Buffer;
  principal: Principal;
  /** In milliseconds since 1970. */
  endsAt: number;
}

/** Who is signed in: the browser keeps a random text, sealed, and the database who that is, until it is ended there. */
export class Sessions {
  /** A request is asked about more than once, and answered the same. */
  private readonly found = new WeakMap<FastifyRequest, Promise<SignedInSession | undefined>>();

  constructor(private readonly parts: SessionParts) {}

  of(request: FastifyRequest): Promise<SignedInSession | undefined> {
    const known = this.found.get(request) ?? this.find(request);
    this.found.set(request, known);
    return known;
  }

  /** In the place of the one that this browser had. */
  async begin(
    request: FastifyRequest,
    reply: FastifyReply,
    { principal, tokens }: { principal: Principal; tokens: TokenSet },
  ): Promise<void> {
    const { lifetimeSeconds, idleSeconds } = this.parts.limits;
    const sealed = await this.sealed(tokens);
    const session = { kind: 'person', principal, lifetimeSeconds, idleSeconds, tokens: sealed } as const;
    const keep = (secret: string) => this.parts.store.begin(secret, session).then(() => true);
    await this.beginWith(request, reply, { lifetimeSeconds, keep });
  }

  /** The same for a session that `keep` writes down under the secret of its cookie, or does not, and is not begun. */
  async beginWith(
    request: FastifyRequest,
    reply: FastifyReply,
    { lifetimeSeconds, keep }: { lifetimeSeconds: number; keep: (secret: string) => Promise<boolean> },
  ): Promise<boolean> {
    const secret = randomBytes(32).toString('base64url');
    if (!(await keep(secret))) return false;
    await this.forget(request);
    const sealed = await this.parts.seal.close(purpose, { secret }, lifetimeSeconds);
    this.keep(reply, { name: this.name, value: sealed, maxAge: lifetimeSeconds });
    return true;
  }

  /** Ends every copy of the request's cookie, and gives what the identity provider gave for it. */
  async end(request: FastifyRequest, reply: FastifyReply): Promise<TokenSet> {
    this.keep(reply, { name: this.name, value: '', maxAge: 0 });
    return this.forget(request);
  }

  /** Calls `onEnd` once a session is over; what it gives is called when nobody listens any more. */
  watch({ id }: SignedInSession, onEnd: () => void): () => void {
    return this.parts.watch.watch(id, onEnd);
  }

  cookie(request: FastifyRequest, name: string): string | undefined {
    return parseCookie(request.headers.cookie ?? '')[name];
  }

  /** In the browser, out of reach of scripts, sent by our own pages and by links that lead to them. */
  keep(reply: FastifyReply, { name, value, maxAge }: { name: string; value: string; maxAge: number }): void {
    const { secure } = this.parts;
    const attributes = { path: '/', httpOnly: true, sameSite: 'lax', secure, maxAge } as const;
    void reply.header('Set-Cookie', stringifySetCookie({ name, value, ...attributes }));
  }

  private async forget(request: FastifyRequest): Promise<TokenSet> {
    const secret = await this.secretOf(request);
    const ended = secret === undefined ? undefined : await this.parts.store.end(secret);
    return this.opened(ended?.tokens);
  }

  private async find(request: FastifyRequest): Promise<SignedInSession | undefined> {
    const secret = await this.secretOf(request);
    if (secret === undefined) return undefined;
    const { store, limits } = this.parts;
    const session = await store.find(secret, limits.renewalSeconds, !isUnattended(request));
    return session?.isRenewalDue === true ? this.renewed(session, request) : session;
  }

  /** As the identity provider says now; as it was while that is away or someone else asks; undefined where it says no. */
  private async renewed(
    session: StoredSession,
    request: FastifyRequest,
  ): Promise<SignedInSession | undefined> {
    const tokens = await this.opened(session.tokens);
    if (tokens.refreshToken === undefined || !(await this.parts.store.claimRenewal(session))) return session;
    const renewal = await this.parts.renew(tokens, session.principal.id);
    switch (renewal.outcome) {
      case 'away':
        return session;
      case 'refused':
        await this.parts.store.endById(session.id);
        this.parts.log.note('authn_token_revoked', request, subjectOf(session));
        return undefined;
      case 'renewed': {
        const sealed = await this.sealed({ ...tokens, ...renewal.tokens });
        await this.parts.store.renew(session.id, renewal.principal, sealed);
        const [from, to] = [rightsOf(session.principal), rightsOf(renewal.principal)];
        if (from !== to) this.parts.log.note('authz_change', request, subjectOf(session), { from, to });
        return { ...session, principal: renewal.principal };
      }
    }
  }

  private async secretOf(request: FastifyRequest): Promise<string | undefined> {
    const sealed = this.cookie(request, this.name);
    const contents = sealed === undefined ? undefined : await this.parts.seal.open(purpose, sealed);
    // Sealed here, but perhaps by another version: whoever has it signs in again.
    return cookieSchema.safeParse(contents).data?.secret;
  }

  private sealed(tokens: TokenSet): Promise<string> {
    return this.parts.seal.close(tokensPurpose, { ...tokens }, this.parts.limits.lifetimeSeconds);
  }

  private async opened(sealed: string | undefined): Promise<TokenSet> {
    const contents = sealed === undefined ? undefined : await this.parts.seal.open(tokensPurpose, sealed);
    return tokensSchema.safeParse(contents).data ?? {};
  }

  /** The prefix has browsers refuse such a cookie from anyone but this very host. */
  private get name(): string {
    return this.parts.secure ? '__Host-session' : 'session';
  }
}

const subjectOf = ({ principal }: StoredSession): string => `person ${principal.id}`;

/** What someone may, and where: «agent at MCQ, NIM». */
const rightsOf = ({ roles, establishments }: Principal): string => {
  const places = establishments === 'all' ? ['*'] : [...establishments];
  return `${[...roles].sort().join(', ')} at ${places.sort().join(', ')}`;
};

/** Browsers say whether a page of ours sent the request. One that says nothing did not come from a page. */
export const isFromOurPages = ({ headers }: FastifyRequest): boolean => {
  const site = headers['sec-fetch-site'];
  if (site !== undefined) return site === 'same-origin';
  const { origin, host } = headers;
  return origin !== undefined && URL.canParse(origin) && new URL(origin).host === host;
};
