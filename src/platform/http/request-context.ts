import { AsyncLocalStorage } from 'node:async_hooks';
import { randomUUID } from 'node:crypto';
import type { FastifyRequest } from 'fastify';
import { languages, type Language, type Text } from '../../shared/text.js';
import { preferred } from './negotiation/preferred.js';

export interface RequestContext {
  language: Language;
  correlationId: string;
  /** Whether the answer says something in that language. */
  isSpoken?: boolean;
}

const contexts = new AsyncLocalStorage<RequestContext>();

/** Runs a request, so that whatever it calls knows whom it speaks to. */
export const inRequestContext = (context: RequestContext, run: () => void): void =>
  contexts.run(context, run);

export const currentCorrelationId = (): string | undefined => contexts.getStore()?.correlationId;
/** For what goes into the answer, which then says that it is in this language. */
export const currentLanguage = (): Language => {
  const context = contexts.getStore();
  if (context) context.isSpoken = true;
  return context?.language ?? 'fr';
};

/** A text in the language of the request at hand. */
export const localized = (text: Text): string => text[currentLanguage()];

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
