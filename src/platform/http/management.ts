import { hash, timingSafeEqual } from 'node:crypto';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { DomainError } from '../../shared/problems/domain-error.js';
import { Problem } from './problems/problem.js';

/** What is for those who run the server, and tells how it is made and how busy it is. */
const forOperators = /^\/(?:metrics|docs|docs-yaml|openapi\.json)(?:\/|$)/;
const forBoth = /^\/health(?:\/|$)/;

/** Who is taken for an operator: by the port they come to, where there is one, and by a token, where there is any. */
export interface Management {
  port: number | undefined;
  tokens: readonly string[];
}

/** Whether a request is an operator's. */
export const isOperators = (request: FastifyRequest, { port, tokens }: Management): boolean =>
  isFromManagement(request, port) && (tokens.length === 0 || holdsOneOf(request, tokens));

/** Throws `unauthenticated` where a request is for operators, who need a token, and it has none of theirs. */
export const assertOperator = (request: FastifyRequest, tokens: readonly string[]): void => {
  if (tokens.length === 0 || !forOperators.test(request.routeOptions.url ?? '')) return;
  if (!holdsOneOf(request, tokens)) throw new DomainError('unauthenticated');
};

const isFromManagement = ({ raw }: FastifyRequest, port: number | undefined): boolean =>
  port === undefined || raw.socket.localPort === port;

/** All are compared, by digests of one length: how long it takes says nothing of any of them. */
const holdsOneOf = ({ headers }: FastifyRequest, tokens: readonly string[]): boolean => {
  const [, given = ''] = /^Bearer +(\S+)$/i.exec(headers.authorization ?? '') ?? [];
  const digest = digestOf(given);
  return tokens.map((token) => timingSafeEqual(digestOf(token), digest)).includes(true);
};

const digestOf = (text: string): Buffer => hash('sha256', text, 'buffer');

/**
 * With a management port, what is for operators is there, and there is nothing else; `port` is asked for once it is known. Told by
 * the route: the same one is found by addresses that are written otherwise, such as /%6Detrics.
 */
export const separateManagement = (fastify: FastifyInstance, port: () => number | undefined): void => {
  fastify.addHook('onRequest', (request, _reply, done) => {
    const managementPort = port();
    const { url = '' } = request.routeOptions;
    if (managementPort === undefined || forBoth.test(url)) done();
    else if (isFromManagement(request, managementPort) === forOperators.test(url)) done();
    else done(new Problem('not-found'));
  });
};
