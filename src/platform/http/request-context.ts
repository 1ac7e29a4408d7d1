import { randomUUID } from 'node:crypto';
import type { FastifyRequest } from 'fastify';
import { languages, type Language } from '../../shared/text/text.js';
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

/**
 * The id that ties a request's traces together, and its reader's language. It is carried by the request, and handed on by arguments:
 * AsyncLocalStorage, which would bring it everywhere, takes a quarter of the thread that answers, since Node then follows every promise.
 */
class RequestContext {
  /** Whether the answer contains text in that language. */
  isSpoken = false;
  private liked: Language | undefined;

  constructor(
    readonly correlationId: string,
    private readonly acceptLanguage: string | undefined,
  ) {}

  /** Most answers are in no language: it is looked for once somebody asks. */
  get language(): Language {
    return (this.liked ??= preferredLanguage(this.acceptLanguage));
  }
}

type WithContext = FastifyRequest & { context?: RequestContext };

export const contextOf = (request: WithContext): RequestContext => {
  if (request.context) return request.context;
  const given = request.headers[correlationHeader];
  const id = typeof given === 'string' && acceptable.test(given) ? given : randomUUID();
  return (request.context = new RequestContext(id, request.headers['accept-language']));
};

/** The language for text that goes into the answer, which is marked as being in this language. */
export const spokenLanguage = (request: FastifyRequest): Language => {
  const context = contextOf(request);
  context.isSpoken = true;
  return context.language;
};
