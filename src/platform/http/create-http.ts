import type { RequestListener } from 'node:http';
import type { Socket } from 'node:net';
import { FastifyAdapter } from '@nestjs/platform-fastify';
import {
  LogController,
  type FastifyError,
  type FastifyInstance,
  type FastifyReply,
  type FastifyRequest,
} from 'fastify';
import type { Logger } from 'pino';
import type { CallerLimits } from '../../config/request-limits.js';
import type { ProblemCode } from '../../shared/problems/problem-code.js';
import { decodeUtf8 } from '../../shared/text/utf8.js';
import { assertDecodable, parseFormEncoded } from './forms/form-encoded.js';
import type { Connections } from './connections/connections.js';
import { callerOf, isExport, limitRequests, type Identify } from './limits/request-limits.js';
import { parseFiles, takeFiles } from './files/file-route.js';
import { takesForms } from './forms/form-route.js';
import { isLive } from './live-route.js';
import { assertOperator, separateManagement } from './management.js';
import { Problem } from './problems/problem.js';
import { noteSecurityEvents, SecurityLog } from '../observability/security-log.js';
import { varyBy } from './negotiation/vary.js';
import { problemDocument, sendProblem } from './problems/send-problem.js';
import { contextOf, correlationHeader } from './request-context.js';
import { headersOf, securityHeaders, sendSecurityHeaders } from './security-headers.js';
import { limitBodies } from './connections/time-limits.js';

/** One command with its longest texts, escaped; a route may allow more in its config. */
const maxBodyBytes = 256 * 1024;

/** Told of every request that was answered, and of connections that stay open to tell of changes. */
interface AnsweredRequest {
  method: string;
  route: string;
  status: number;
  seconds: number;
}

interface RequestMetrics {
  request(answered: AnsweredRequest): void;
  liveOpened(route: string): void;
  liveClosed(route: string): void;
}

export interface HttpOptions {
  logger: Logger;
  metrics: RequestMetrics;
  connections: Connections;
  /** Requests a second of one caller; 0: any number. */
  rateLimit: number;
  limits: CallerLimits;
  /** Operators need one of them, where there is any. */
  managementTokens: readonly string[];
  identify: Identify;
  /** Called with each answer of a route before any of it is sent. */
  onAnswer: (request: FastifyRequest, reply: FastifyReply, answer: unknown) => void;
  /** People reach us over TLS. */
  isSecure: boolean;
  /** Addresses and ranges whose X-Forwarded-For is believed. */
  trustedProxies: readonly string[] | undefined;
}

/** Fastify as every route needs it. */
export const createHttpAdapter = ({
  logger,
  metrics,
  connections,
  ...rules
}: HttpOptions): FastifyAdapter => {
  const adapter = new FastifyAdapter({
    // Where it listens is told to whoever started it; what went wrong in a request, by ErrorAnswers.
    loggerInstance: logger.child({}, { level: 'warn' }),
    logController: new LogController({ disableRequestLogging: true }),
    bodyLimit: maxBodyBytes,
    serverFactory: (handler: RequestListener) => connections.createServer(handler),
    forceCloseConnections: 'idle',
    trustProxy: rules.trustedProxies ? [...rules.trustedProxies] : false,
    frameworkErrors: (error: FastifyError, _request: FastifyRequest, reply: FastifyReply) => {
      const code = error.statusCode === 414 ? 'address-too-long' : 'bad-request';
      void reply.headers(headersOf(rules.isSecure));
      sendProblem(reply, new Problem(code));
    },
    clientErrorHandler: (error, socket) => answerNoRequest(error, socket, connections),
  });
  const fastify = adapter.getInstance();
  fastify.addHook('onRoute', (route) => {
    const { bodyLimit } = (route.config ?? {}) as { bodyLimit?: number };
    if (bodyLimit !== undefined) route.bodyLimit = bodyLimit;
  });
  sendSecurityHeaders(fastify, rules.isSecure);
  fastify.addHook('onRequest', (request, reply, done) => {
    void reply.header(correlationHeader, contextOf(request).correlationId);
    // Many clients say that nothing is JSON: a command that needs no more than its path may be sent so.
    if (request.headers['content-length'] === '0') delete request.headers['content-type'];
    done();
  });
  takeOneHost(fastify);
  separateManagement(fastify, () => connections.managementPort);
  takeFiles(fastify);
  takeOnlyText(fastify);
  tellLanguage(fastify);
  fastify.addHook('onSend', (request, reply, answer, done) => {
    rules.onAnswer(request, reply, answer);
    done();
  });
  measure(fastify, metrics);
  limitRequests(fastify, { requests: rules.rateLimit, ...rules.limits }, (request) => {
    assertOperator(request, rules.managementTokens);
    return rules.identify(request);
  });
  noteSecurityEvents(fastify, new SecurityLog(logger), { subjectOf: callerOf, isExport });
  takeOnlyJson(fastify);
  takeForms(fastify);
  parseFiles(fastify, () => new Problem('unsupported-media-type'));
  limitBodies(fastify, connections.limits);
  return adapter;
};

/** How long someone listens is no measure of the server: hours of it would hide how long everything else took. */
const measure = (fastify: FastifyInstance, metrics: RequestMetrics): void => {
  fastify.addHook('onRequest', (request, reply, done) => {
    const route = routeOf(request);
    if (isLive(request)) {
      metrics.liveOpened(route);
      reply.raw.once('close', () => metrics.liveClosed(route));
    }
    done();
  });
  fastify.addHook('onResponse', (request, reply, done) => {
    const { method } = request;
    const streamed = isLive(request) && method === 'GET' && reply.statusCode === 200;
    if (streamed) return;
    const seconds = reply.elapsedTime / 1000;
    metrics.request({ method, route: routeOf(request), status: reply.statusCode, seconds });
    done();
  });
};

const routeOf = (request: FastifyRequest): string => request.routeOptions.url ?? 'none';

/** HTTP/1.1 asks for exactly one (RFC 9112, 3.2): with several, a proxy before us may have read another one than we do. */
const takeOneHost = (fastify: FastifyInstance): void => {
  fastify.addHook('onRequest', ({ raw }, _reply, done) => {
    let hosts = 0;
    // Each request passes here: names of another length are looked at no further.
    for (let at = 0; at < raw.rawHeaders.length; at += 2)
      if (raw.rawHeaders[at]?.length === 4 && raw.rawHeaders[at]?.toLowerCase() === 'host') hosts += 1;
    if (hosts === 1 || (hosts === 0 && raw.httpVersion === '1.0')) done();
    else done(new Problem('bad-request'));
  });
};

/** What came as bytes is text in UTF-8 wherever it is read as text: replaced or taken as it stands, it would be something else for good. */
const takeOnlyText = (fastify: FastifyInstance): void => {
  fastify.addHook('onRequest', (request, _reply, done) => {
    const url = request.raw.url ?? '';
    const queryAt = url.indexOf('?');
    if (!/^[\x21-\x7e]*$/.test(queryAt === -1 ? url : url.slice(0, queryAt)))
      done(new Problem('bad-request'));
    else if (queryAt === -1) done();
    else
      settle(
        () => assertDecodable(url.slice(queryAt + 1), (name) => `?${name}`),
        (error) => done(error ?? undefined),
      );
  });
  fastify.addHook('preParsing', (request, _reply, payload, done) => {
    const { 'content-type': type, 'content-encoding': encoding = 'identity' } = request.headers;
    if (isInUtf8(type) && encoding.toLowerCase() === 'identity') done(null, payload);
    else done(new Problem('unsupported-media-type'));
  });
};

/** Fastify does not catch what a hook or a parser throws. */
const settle = (run: () => unknown, done: (error: Error | null, result?: unknown) => void): void => {
  let result: unknown;
  try {
    result = run();
  } catch (error) {
    done(error as Error);
    return;
  }
  done(null, result);
};

/** Who keeps a copy of an answer that says something in a language must not give it to someone who reads another. */
const tellLanguage = (fastify: FastifyInstance): void => {
  fastify.addHook('onSend', (request, reply, _payload, done) => {
    const context = contextOf(request);
    if (context.isSpoken) {
      if (!reply.hasHeader('Content-Language')) void reply.header('Content-Language', context.language);
      varyBy(reply, 'Accept-Language');
    }
    done();
  });
};

/** Whether a content type is said to be UTF-8, or a part of it; nothing said is UTF-8. */
const isInUtf8 = (contentType = ''): boolean => {
  const charsets = [...contentType.matchAll(/;\s*charset\s*=\s*"?([^";\s]*)/gi)];
  return charsets.every(([, charset = '']) => /^(utf-?8|(us-)?ascii)$/i.test(charset));
};

/** JSON in UTF-8, and nothing else: Fastify's own parser replaces bytes that are no UTF-8, and so loses what was written. */
const takeOnlyJson = (fastify: FastifyInstance): void => {
  fastify.removeAllContentTypeParsers();
  fastify.addContentTypeParser('application/json', { parseAs: 'buffer' }, (_request, body, done) => {
    try {
      // A key named __proto__ stays a key like any other, for the schemas to refuse.
      done(null, body.length === 0 ? undefined : JSON.parse(decodeUtf8(body as Buffer)));
    } catch (cause) {
      done(new Problem('invalid-json', { cause }));
    }
  });
};

const formType = 'application/x-www-form-urlencoded';

/** Forms are for the routes that say so: any page of any site can send one to any other. */
const takeForms = (fastify: FastifyInstance): void => {
  fastify.addContentTypeParser(formType, { parseAs: 'buffer' }, (_request, body, done) => {
    // A byte beyond ASCII stays one character, for the parser to refuse.
    const text = (body as Buffer).toString('latin1');
    settle(() => parseFormEncoded(text, (name) => `/${name}`), done);
  });
  fastify.addHook('preParsing', (request, _reply, payload, done) => {
    const type = request.headers['content-type'];
    const isForm = type?.split(';')[0]?.trim().toLowerCase() === formType;
    if (type === undefined || isForm === takesForms(request)) done(null, payload);
    else done(new Problem('unsupported-media-type'));
  });
};

/** What came is no HTTP request, so there is none to answer: the problem is written straight to the connection. */
const answerNoRequest = (error: NodeJS.ErrnoException, socket: Socket, connections: Connections): void => {
  // An answer to the request before may be under way; and whoever said nothing asked nothing.
  const isOutOfTurn = connections.isAnswering(socket) || socket.bytesRead === 0;
  if (error.code === 'ECONNRESET' || !socket.writable || isOutOfTurn) {
    socket.destroy();
    return;
  }
  const problem = new Problem(codes[error.code ?? ''] ?? 'bad-request');
  const body = JSON.stringify(problemDocument(problem, 'fr'));
  socket.end(
    [
      `HTTP/1.1 ${problem.kind.status} ${problem.kind.title.en}`,
      ...Object.entries(securityHeaders).map(([name, value]) => `${name}: ${value}`),
      'Content-Type: application/problem+json; charset=utf-8',
      `Content-Length: ${Buffer.byteLength(body)}`,
      'Connection: close',
      '',
      body,
    ].join('\r\n'),
    // Whoever does not close their side would keep it half open.
    () => socket.destroySoon(),
  );
};

const codes: Partial<Record<string, ProblemCode>> = {
  HPE_HEADER_OVERFLOW: 'headers-too-large',
  ERR_HTTP_REQUEST_TIMEOUT: 'request-timeout',
};
