import { Inject, Injectable } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { SETTINGS } from '../config/settings.module.js';
import type { Settings } from '../config/settings.js';
import { takesForms } from '../platform/http/forms/form-route.js';
import { isFromOurPages, Sessions } from './sign-in/sessions.js';
import { DomainError } from '../shared/problems/domain-error.js';
import { isOpenToReaders } from './open-to-readers.js';
import { isAllowed, isPublicReader, publicReader, type Principal } from './permissions.js';
import { TokenVerifier } from './token-verifier.js';

const reads: readonly string[] = ['GET', 'HEAD'];

/** Until when a request's token or session lets go on what goes on after the answer. */
export interface AccessEnd {
  /** In milliseconds since 1970. */
  endsAt: number;
  /** Calls the listener once the session is revoked before that; returns what stops listening. */
  whenRevoked: (listener: () => void) => () => void;
}

export interface Identified extends AccessEnd {
  principal: Principal;
  /** The program, or the session, as far as it is known. */
  client: string | undefined;
}

/** A token is good until it expires. */
const never = () => () => undefined;

const anyone: Identified = {
  principal: { id: publicReader, roles: [publicReader], establishments: new Set() },
  ...{ client: undefined, endsAt: Infinity, whenRevoked: never },
};

/** Who asks, by token or session; looked at once for each request, however many want to know. */
@Injectable()
export class Identity {
  private readonly known = new WeakMap<FastifyRequest['raw'], Promise<Identified>>();

  constructor(
    private readonly tokens: TokenVerifier,
    private readonly sessions: Sessions,
    @Inject(SETTINGS) private readonly settings: Pick<Settings, 'openBulletins'>,
  ) {}

  /** Throws `unauthenticated`, or `unavailable` while the issuer's keys can't be had. */
  of(request: FastifyRequest): Promise<Identified> {
    const known = this.known.get(request.raw) ?? this.verified(request);
    this.known.set(request.raw, known);
    return known;
  }

  /**
   * Before anything of the body is read: everything under /v1 is for those who say who they are, and nobody else's 8 MB are worth
   * parsing. Pages answer for themselves, since they send people to sign in; a form of theirs is read even where the session ended
   * while it was filled in, for it is shown again, but not one of another site.
   */
  async beforeBody(request: FastifyRequest): Promise<string | undefined> {
    const isForm = takesForms(request);
    if (!isForm && !(request.routeOptions.url ?? '').startsWith('/v1/')) return undefined;
    try {
      const { principal } = await this.of(request);
      // All of them together are no caller: each has the limits of an address.
      return isPublicReader(principal) ? undefined : principal.id;
    } catch (error) {
      if (isForm && isFromOurPages(request)) return undefined;
      throw error;
    }
  }

  /** Who shows neither a token nor a session, or has no more rights than that, reads what is open to everyone and nothing else. */
  private async verified(request: FastifyRequest): Promise<Identified> {
    const isOpen = this.settings.openBulletins && reads.includes(request.method) && isOpenToReaders(request);
    try {
      const shown = await this.shown(request);
      return isOpen && !isAllowed(shown.principal, 'bulletins:read-published') ? anyone : shown;
    } catch (error) {
      const isUnknown = error instanceof DomainError && error.code === 'unauthenticated';
      // A token that is refused is told so.
      if (isOpen && isUnknown && request.headers.authorization === undefined) return anyone;
      throw error;
    }
  }

  /** A session stands in for a token; a change it asks for must come from a page of ours, which another site's form does not. */
  private async shown(request: FastifyRequest): Promise<Identified> {
    const { authorization } = request.headers;
    const mayUseSession = reads.includes(request.method) || isFromOurPages(request);
    const session =
      authorization === undefined && mayUseSession ? await this.sessions.of(request) : undefined;
    if (!session) return { ...(await this.tokens.verify(authorization)), whenRevoked: never };
    const { id, principal, endsAt } = session;
    // The id is a hash: its beginning tells sessions apart, and opens none.
    const client = `session ${id.toString('hex').slice(0, 8)}`;
    return { principal, client, endsAt, whenRevoked: (listener) => this.sessions.watch(session, listener) };
  }
}
