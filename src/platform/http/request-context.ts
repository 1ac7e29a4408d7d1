import { randomUUID } from 'node:crypto';
import type { FastifyRequest } from 'fastify';
import { languages, type Language } from '../../shared/text.js';
import type { RequestContext } from '../request-context.js';
import { preferred } from './negotiation/preferred.js';

/**
 * The language of an Accept-Language header (RFC 9110): the one liked best of those we have. Where it likes none of them, the first
 * that it does not refuse by its name; French where it refuses both.
 */
const preferredLanguage = (header: string | undefined): Language => {
  const [best] = [header, `${header ?? ''}, *;q=0.001`].flatMap((asked) =>
    preferred('languages', asked, languages),
  );
  return languages.find((language) => language === best) ?? 'fr';
};

export const correlationHeader = 'x-correlation-id';
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
