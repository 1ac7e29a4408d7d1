import type { FastifyReply } from 'fastify';
import type { FieldError } from '../../../shared/problems/domain-error.js';
import { currentCorrelationId, currentLanguage } from '../../request-context.js';
import type { Problem } from './problem.js';

export interface ProblemDocument {
  type: string;
  title: string;
  status: number;
  detail: string;
  errors?: FieldError[];
  [member: string]: unknown;
}

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
