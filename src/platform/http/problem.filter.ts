import { Catch, HttpException, type ArgumentsHost, type ExceptionFilter } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Logger } from 'pino';
import { isUnavailable, lacksColumns } from '../database/failures.js';
import { EventStoreUnavailable } from '../event-store/event-store.js';
import { Problem, type FieldError } from './problem.js';
import { contextOf, currentCorrelationId, currentLanguage, inRequestContext } from './request-context.js';

export interface ProblemDocument {
  type: string;
  title: string;
  status: number;
  detail: string;
  errors?: FieldError[];
  [member: string]: unknown;
}

const notYet = ['position-not-reached', 'figures-behind'];
const retryAfterSeconds = '1';

/** A problem as the caller reads it: RFC 9457, in the language of the request. */
export const problemDocument = (problem: Problem): ProblemDocument => {
  const language = currentLanguage();
  const { kind, code, details } = problem;
  return {
    type: `/problems/${code}`,
    title: kind.title[language],
    status: kind.status,
    detail: kind.detail[language],
    ...(details.errors ? { errors: [...details.errors] } : {}),
    ...details.members,
  };
};

const byStatus: Partial<Record<number, string>> = {
  400: 'malformed',
  404: 'not-found',
  413: 'body-too-large',
  414: 'address-too-long',
  415: 'unsupported-media-type',
};

/** Whatever was thrown, as the problem it is for the caller. */
export const toProblem = (thrown: unknown): Problem => {
  if (thrown instanceof Problem) return thrown;
  if (thrown instanceof EventStoreUnavailable || isUnavailable(thrown)) {
    return new Problem('unavailable', { cause: thrown });
  }
  const error = thrown as { status?: number; statusCode?: number; message?: string; code?: string };
  const status = thrown instanceof HttpException ? thrown.getStatus() : error.statusCode;
  // The body ended before its announced length.
  if (error.code === 'FST_ERR_CTP_INVALID_CONTENT_LENGTH')
    return new Problem('invalid-json', { cause: thrown });
  const code = status === undefined ? undefined : byStatus[status];
  return new Problem(code ?? 'internal-error', { cause: thrown });
};

/** Answers every error of every route as application/problem+json. */
@Catch()
export class ProblemFilter implements ExceptionFilter {
  constructor(
    private readonly logger: Logger,
    /** Whether rows of an older version than this code's are served, while new ones are made: some queries have to wait for those. */
    private readonly servesOlderRows: () => boolean,
  ) {}

  /** An error from before the route, in reading the body say, comes outside of the request's context. */
  catch(thrown: unknown, host: ArgumentsHost): void {
    const request = host.switchToHttp().getRequest<FastifyRequest>();
    inRequestContext(contextOf(request), () => this.answer(thrown, host));
  }

  private answer(thrown: unknown, host: ArgumentsHost): void {
    const reply = host.switchToHttp().getResponse<FastifyReply>();
    const request = host.switchToHttp().getRequest<FastifyRequest>();
    const tooEarly = lacksColumns(thrown) && this.servesOlderRows();
    const problem = tooEarly ? new Problem('unavailable', { cause: thrown }) : toProblem(thrown);
    const { status } = problem.kind;
    const correlationId = currentCorrelationId();
    // A client that waits for what is not there yet is answered so every time: nothing is wrong with the server.
    const isFault = status >= 500 && !notYet.includes(problem.code);
    if (isFault) {
      this.logger.error(
        { err: problem.details.cause ?? problem, correlationId, method: request.method, url: request.url },
        problem.code,
      );
    }
    if (!reply.sent) this.send(reply, problem, request);
  }

  protected send(reply: FastifyReply, problem: Problem, _request: FastifyRequest): void {
    sendProblem(reply, problem);
  }
}

/** Answers a request with a problem. */
export const sendProblem = (reply: FastifyReply, problem: Problem): void => {
  const { status } = problem.kind;
  if (status === 503 || status === 429) void reply.header('Retry-After', retryAfterSeconds);
  for (const [name, value] of Object.entries(problem.details.headers ?? {})) void reply.header(name, value);
  void reply
    .status(status)
    .type('application/problem+json; charset=utf-8')
    .send(JSON.stringify({ ...problemDocument(problem), correlationId: currentCorrelationId() }));
};
