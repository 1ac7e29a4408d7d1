import { AsyncLocalStorage } from 'node:async_hooks';
import type { Language, Text } from '../shared/text.js';

/** The request that the current code runs for: its reader's language, and the id that ties its traces together. */
export interface RequestContext {
  language: Language;
  correlationId: string;
  /** Whether the answer contains text in that language. */
  isSpoken?: boolean;
}

const contexts = new AsyncLocalStorage<RequestContext>();

/** Runs a request, so that everything it calls, also asynchronously, can read the context. */
export const inRequestContext = (context: RequestContext, run: () => void): void =>
  contexts.run(context, run);

export const currentCorrelationId = (): string | undefined => contexts.getStore()?.correlationId;
/** The language for text that goes into the answer. Reading it marks the answer as being in this language (`isSpoken`). */
export const currentLanguage = (): Language => {
  const context = contexts.getStore();
  if (context) context.isSpoken = true;
  return context?.language ?? 'fr';
};

/** The text in the language of the current request. */
export const localized = (text: Text): string => text[currentLanguage()];
