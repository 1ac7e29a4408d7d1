import { Injectable, SetMetadata, type CanActivate, type ExecutionContext } from '@nestjs/common';
import { createParamDecorator } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import type { FastifyRequest } from 'fastify';
import { Problem } from '../platform/http/problem.js';
import './access.problems.js';
import { may, type Permission, type Principal } from './permissions.js';
import { isFromOurPages, Sessions } from './sign-in/sessions.js';
import { TokenVerifier } from './token-verifier.js';

const ACCESS = 'access-rule';
type Rule = Permission | 'public';

/** The route is for whoever has this permission. */
export const Requires = (permission: Permission) => SetMetadata(ACCESS, permission);
/** The route is for everyone, without a token. */
export const Public = () => SetMetadata(ACCESS, 'public');

const reads: readonly string[] = ['GET', 'HEAD'];

type Authenticated = FastifyRequest & { principal?: Principal };

/** The principal of the request, on a route that requires a permission. */
export const CurrentPrincipal = createParamDecorator(
  (_data: unknown, context: ExecutionContext): Principal => {
    const { principal } = context.switchToHttp().getRequest<Authenticated>();
    if (!principal) throw new Error('a public route has no principal');
    return principal;
  },
);

/** Lets a request pass by the rule of its route; a route without one lets nobody pass. */
@Injectable()
export class AccessGuard implements CanActivate {
  constructor(
    private readonly reflector: Reflector,
    private readonly tokens: TokenVerifier,
    private readonly sessions: Sessions,
  ) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const rule = this.reflector.getAllAndOverride<Rule | undefined>(ACCESS, [
      context.getHandler(),
      context.getClass(),
    ]);
    if (rule === 'public') return true;
    const request = context.switchToHttp().getRequest<Authenticated>();
    const principal = await this.principalOf(request);
    if (rule === undefined || !may(principal, rule)) throw new Problem('role-not-allowed');
    request.principal = principal;
    return true;
  }

  /** A session stands in for a token; a change it asks for must come from a page of ours, which another site's form does not. */
  private async principalOf(request: FastifyRequest): Promise<Principal> {
    const { authorization } = request.headers;
    const mayUseSession = reads.includes(request.method) || isFromOurPages(request);
    const session =
      authorization === undefined && mayUseSession ? await this.sessions.of(request) : undefined;
    return session?.principal ?? this.tokens.verify(authorization);
  }
}
