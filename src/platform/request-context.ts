import { AsyncLocalStorage } from 'node:async_hooks';
import type { Language, Text } from '../shared/text.js';

/** Whom the work at hand is for: which language they read, and what ties its traces together. */
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
