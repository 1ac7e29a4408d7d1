import type { FastifyReply } from 'fastify';
import { inLanguage } from '../../../shared/text/bilingual.js';
import type { Language } from '../../../shared/text/text.js';
import { contextOf, spokenLanguage } from '../request-context.js';
import type { Problem } from './problem.js';

export interface ProblemDocument {
  type: string;
  title: string;
  status: number;
  detail: string;
  errors?: { pointer: string; message: string }[];
  [member: string]: unknown;
}

/** A problem as the caller reads it: RFC 9457. */
export const problemDocument = ({ kind, code, details }: Problem, language: Language): ProblemDocument => {
  const errors = details.errors?.map(({ pointer, message }) => ({
    pointer,
    message: inLanguage(message, language),
  }));
  return {
    type: `/problems/${code}`,
    title: kind.title[language],
    status: kind.status,
    detail: kind.detail[language],
    ...(errors ? { errors } : {}),
    ...details.members,
  };
};

const retryAfterSeconds = '1';

/** Answers a request with a problem, in its language. */
export const sendProblem = (reply: FastifyReply, problem: Problem): void => {
  const { request } = reply;
  const { status } = problem.kind;
  const document = problemDocument(problem, spokenLanguage(request));
  if (status === 503 || status === 429) void reply.header('Retry-After', retryAfterSeconds);
  for (const [name, value] of Object.entries(problem.details.headers ?? {})) void reply.header(name, value);
  void reply
    .status(status)
    .type('application/problem+json; charset=utf-8')
    .send(JSON.stringify({ ...document, correlationId: contextOf(request).correlationId }));
};
