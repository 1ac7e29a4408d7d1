import { randomUUID } from 'node:crypto';
import { FastifyAdapter } from '@nestjs/platform-fastify';
import { LogController, type FastifyRequest } from 'fastify';
import type { Logger } from 'pino';
import { inRequestContext, preferredLanguage, type RequestContext } from './request-context.js';

/** One command with its longest texts, escaped; a route may allow more in its config. */
const mostBytes = 256 * 1024;
const correlationHeader = 'x-correlation-id';
const acceptable = /^[\x21-\x7e]{1,128}$/;

type WithContext = FastifyRequest & { context?: RequestContext };

/** The context of a request: the language it wants, and the id that ties its traces together. */
export const contextOf = (request: WithContext): RequestContext => {
  const given = request.headers[correlationHeader];
  request.context ??= {
    language: preferredLanguage(request.headers['accept-language']),
    correlationId: typeof given === 'string' && acceptable.test(given) ? given : randomUUID(),
  };
  return request.context;
};

/** Fastify as every route needs it. */
export const createHttpAdapter = (logger: Logger): FastifyAdapter => {
  const adapter = new FastifyAdapter({
    // Where it listens is told to whoever started it; what went wrong in a request, by the problem filter.
    loggerInstance: logger.child({}, { level: 'warn' }),
    logController: new LogController({ disableRequestLogging: true }),
    bodyLimit: mostBytes,
    forceCloseConnections: 'idle',
  });
  const fastify = adapter.getInstance();
  fastify.addHook('onRoute', (route) => {
    const { bodyLimit } = (route.config ?? {}) as { bodyLimit?: number };
    if (bodyLimit !== undefined) route.bodyLimit = bodyLimit;
  });
  fastify.addHook('onRequest', (request, reply, done) => {
    void reply.header(correlationHeader, contextOf(request).correlationId);
    inRequestContext(contextOf(request), done);
  });
  // Reading a body leaves the context behind: its events belong to the connection.
  fastify.addHook('preValidation', (request, _reply, done) => inRequestContext(contextOf(request), done));
  return adapter;
};
