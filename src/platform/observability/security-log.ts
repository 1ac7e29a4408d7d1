import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Logger } from 'pino';
import { clientAddress } from '../http/connections/client-address.js';
import { contextOf } from '../http/request-context.js';

/** By the names of OWASP's logging vocabulary, which tools that watch logs know; it has none for too many reads. */
export type SecurityEvent =
  | 'authn_login_success'
  | 'authn_login_fail'
  | 'authn_logout'
  | 'authn_token_created'
  | 'authn_token_refused'
  | 'authn_token_revoked'
  | 'authz_change'
  | 'authz_fail'
  | 'authz_admin'
  | 'excess_rate_limit_exceeded'
  | 'malicious_excess_404'
  | 'sensitive_create'
  | 'sensitive_delete'
  | 'sensitive_read'
  | 'sensitive_read_excess'
  | 'sensitive_update'
  | 'upload_validation';

const warnings: ReadonlySet<SecurityEvent> = new Set([
  'authn_login_fail',
  'authn_token_refused',
  'authz_change',
  'authz_fail',
  'excess_rate_limit_exceeded',
  'malicious_excess_404',
  'sensitive_read_excess',
  'upload_validation',
]);

/** Ids, counts and an operator's reason: nothing of a ticket's texts, and no key. */
type Details = Readonly<Record<string, string | number | undefined>>;

/** Records what one subject does, a process by itself included. */
export type RecordSecurity = (event: SecurityEvent, details: Details) => void;

/**
 * What a security officer looks for, one line each: who, what, from where, by which route. The route is its pattern: an address
 * may hold what someone searched for.
 */
export class SecurityLog {
  constructor(private readonly logger: Logger) {}

  /** `about`: what else there is to say of it, in words of our own. */
  note(event: SecurityEvent, request: FastifyRequest, subject: string, about: object = {}): void {
    const line = {
      ...{ security: event, subject, sourceIp: clientAddress(request), method: request.method },
      ...{ route: request.routeOptions.url ?? 'none', correlationId: contextOf(request).correlationId },
      ...about,
    };
    this.write(event, line);
  }

  /** What no single request says by itself, or what nobody asked for. */
  record(event: SecurityEvent, subject: string, details: Details): void {
    this.write(event, { security: event, subject, ...details });
  }

  by(subject: string): RecordSecurity {
    return (event, details) => this.record(event, subject, details);
  }

  private write(event: SecurityEvent, line: object): void {
    if (warnings.has(event)) this.logger.warn(line, event);
    else this.logger.info(line, event);
  }
}

/** What the status and the route of an answer say by themselves; `subjectOf`: who asked, as far as is known. */
export const noteSecurityEvents = (
  fastify: FastifyInstance,
  log: SecurityLog,
  {
    subjectOf,
    isExport,
  }: Record<'subjectOf', (request: FastifyRequest) => string> &
    Record<'isExport', (request: FastifyRequest) => boolean>,
): void => {
  fastify.addHook('onResponse', (request, reply, done) => {
    const event = eventOf(request, reply, isExport);
    if (event) log.note(event, request, subjectOf(request));
    done();
  });
};

/** Of a screen on a wall: its code is made, typed at it, and taken back. */
const screenEvents: Partial<Record<string, SecurityEvent>> = {
  '/ecrans': 'authn_token_created',
  '/ecran': 'authn_login_success',
  '/ecrans/:id/end': 'authn_token_revoked',
};

const eventOf = (
  request: FastifyRequest,
  { statusCode }: FastifyReply,
  isExport: (request: FastifyRequest) => boolean,
): SecurityEvent | undefined => {
  const route = request.routeOptions.url ?? '';
  if (route.startsWith('/sign-in/callback')) {
    return statusCode < 400 ? 'authn_login_success' : 'authn_login_fail';
  }
  if (route === '/sign-out' && statusCode < 400) return 'authn_logout';
  const ofScreen = request.method === 'POST' ? screenEvents[route] : undefined;
  if (ofScreen && statusCode < 400) return ofScreen;
  if (ofScreen === 'authn_login_success' && statusCode === 400) return 'authn_login_fail';
  if (statusCode === 401) return 'authn_token_refused';
  if (statusCode === 403) return 'authz_fail';
  if (statusCode === 429) return 'excess_rate_limit_exceeded';
  if (statusCode >= 400 || request.method === 'OPTIONS') return undefined;
  if (route.startsWith('/v1/admin/') && !['GET', 'HEAD'].includes(request.method)) return 'authz_admin';
  return isExport(request) && route !== '' ? 'sensitive_read' : undefined;
};
