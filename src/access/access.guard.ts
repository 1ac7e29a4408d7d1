import {
  applyDecorators,
  Injectable,
  SetMetadata,
  type CanActivate,
  type ExecutionContext,
} from '@nestjs/common';
import { createParamDecorator } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import { RouteConfig } from '@nestjs/platform-fastify';
import type { FastifyRequest } from 'fastify';
import { Problem } from '../platform/http/problems/problem.js';
import { ACCESS_RULE } from '../platform/http/public.js';
import { Identity, type AccessEnd } from './identity.js';
import { AccessRecorder } from './log/access-recorder.js';
import { ACCESS_LOGGED, undeclared, type AccessRule, type NoAccess } from './log/access-rule.js';
import { openToReaders } from './open-to-readers.js';
import { isAllowed, isPublicReader, type Permission, type Principal } from './permissions.js';

type Rule = Permission | 'public';

/** The route is for whoever has this permission. */
export const Requires = (permission: Permission) => SetMetadata(ACCESS_RULE, permission);

/** The route shows published bulletins: to producers, and to whoever shows no token where BULLETINS is `open`. */
export const OpenToReaders = () =>
  applyDecorators(RouteConfig(openToReaders), Requires('bulletins:read-published'));

/** Whom the sender takes for signed in: `sub`, percent-encoded. */
const expectedPersonHeader = 'expected-person';

type Authenticated = FastifyRequest & { principal?: Principal; accessEnd?: AccessEnd };

/** The principal of the request, on a route that requires a permission. */
export const CurrentPrincipal = createParamDecorator(
  (_data: unknown, context: ExecutionContext): Principal => {
    const { principal } = context.switchToHttp().getRequest<Authenticated>();
    if (!principal) throw new Error('a public route has no principal');
    return principal;
  },
);

/** When the request's token or session ends: what goes on after the answer must end then. */
export const CurrentAccessEnd = createParamDecorator(
  (_data: unknown, context: ExecutionContext): AccessEnd => {
    const { accessEnd } = context.switchToHttp().getRequest<Authenticated>();
    if (!accessEnd) throw new Error('a public route has no principal');
    return accessEnd;
  },
);

/** Lets a request pass by the rule of its route; a route without one lets nobody pass. */
@Injectable()
export class AccessGuard implements CanActivate {
  constructor(
    private readonly reflector: Reflector,
    private readonly identity: Identity,
    private readonly accesses: AccessRecorder,
  ) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const rule = this.metadata(ACCESS_RULE, context) as Rule | undefined;
    if (rule === 'public') return true;
    const request = context.switchToHttp().getRequest<Authenticated>();
    const { principal, client, ...accessEnd } = await this.identity.of(request);
    const shows = (this.metadata(ACCESS_LOGGED, context) ?? undeclared) as AccessRule | NoAccess;
    // Whoever shows nothing of themselves is shown no ticket, and can't fill the log.
    const isLogged = 'action' in shows && !isPublicReader(principal);
    if (isLogged) this.accesses.begin(request, shows, { principal, client });
    if (rule === undefined || !isAllowed(principal, rule)) throw new Problem('role-not-allowed');
    if (isSomeoneElse(request, principal)) throw new Problem('another-person');
    request.principal = principal;
    request.accessEnd = accessEnd;
    if (isLogged) await this.accesses.admit();
    return true;
  }

  private metadata(key: string, context: ExecutionContext): unknown {
    return this.reflector.getAllAndOverride<unknown>(key, [context.getHandler(), context.getClass()]);
  }
}

/** A browser's session changes hands while a page of it is open: what was made in one name is not to be sent in another. */
const isSomeoneElse = ({ headers }: FastifyRequest, { id }: Principal): boolean => {
  const expected = headers[expectedPersonHeader];
  return expected !== undefined && expected !== encodeURIComponent(id);
};
