import { HttpException } from '@nestjs/common';
import { DomainError, type FieldError, type FieldFault } from '../../../shared/problems/domain-error.js';
import { problemCatalogue } from '../../../shared/problems/problem-catalogue.js';
import type { ProblemCode } from '../../../shared/problems/problem-code.js';
import { asDomainError } from '../../as-domain-error.js';
import { Problem } from './problem.js';

/** Whatever was thrown, as the problem it is for whoever sent the request. */
export const toProblem = (thrown: unknown): Problem => {
  if (thrown instanceof Problem) return thrown;
  if (thrown instanceof DomainError) return problemOf(thrown);
  const error = asDomainError(thrown);
  const code = error.code === 'internal-error' ? codeOfRequest(thrown) : undefined;
  return code === undefined ? problemOf(error) : new Problem(code, { cause: thrown });
};

/** What Nest and Fastify say of a request that never got to its route. */
const byStatus: Partial<Record<number, ProblemCode>> = {
  400: 'malformed',
  404: 'not-found',
  413: 'body-too-large',
  414: 'address-too-long',
  415: 'unsupported-media-type',
};

const codeOfRequest = (thrown: unknown): ProblemCode | undefined => {
  const error = thrown as { statusCode?: number; code?: string };
  // The body ended before its announced length.
  if (error.code === 'FST_ERR_CTP_INVALID_CONTENT_LENGTH') return 'invalid-json';
  const status = thrown instanceof HttpException ? thrown.getStatus() : error.statusCode;
  return status === undefined ? undefined : byStatus[status];
};

/** The same code, in the words of the catalogue. */
const problemOf = (error: DomainError): Problem => {
  const { code, details } = error;
  const { errors, members, cause = error } = details;
  return new Problem(code, {
    cause,
    ...(errors ? { errors: errors.map((fault) => inWords(fault, code)) } : {}),
    ...(members ? { members } : {}),
    ...(code === 'unauthenticated' ? { headers: challenge(members?.reason) } : {}),
  });
};

const inWords = ({ pointer, message }: FieldFault, code: ProblemCode): FieldError => ({
  pointer,
  message: message ?? problemCatalogue[code].detail,
});

/** A client that has no valid token is told in what way it is to show one (RFC 6750). */
const challenge = (reason: unknown): Record<string, string> => ({
  'WWW-Authenticate': `Bearer error="invalid_token", error_description="${inHeader(String(reason))}"`,
});

/** What a quoted string of a header can hold; the reason may quote the token. */
const inHeader = (text: string): string => text.replace(/[^\x20-\x7e]|["\\]/g, '?').slice(0, 200);
