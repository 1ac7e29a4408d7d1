import type { FastifyReply } from 'fastify';
import { currentCorrelationId } from '../request-context.js';
import { problemDocument } from './problem-document.js';
import type { Problem } from './problem.js';

const retryAfterSeconds = '1';

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
