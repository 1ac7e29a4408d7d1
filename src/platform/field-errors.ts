import { z } from 'zod';
import type { FieldError } from '../shared/problems/domain-error.js';
import { currentLanguage } from './request-context.js';

/** zod speaks the language of the request; a message written beside a schema goes before these. */
const messages = { fr: z.locales.frCA().localeError, en: z.locales.en().localeError };
z.config({ customError: (issue) => messages[currentLanguage()](issue) });

interface Issue {
  path?: readonly (PropertyKey | { key: PropertyKey })[] | undefined;
  message: string;
  keys?: readonly string[];
}

const escaped = (key: PropertyKey): string => String(key).replace(/~/g, '~0').replace(/\//g, '~1');

const pathOf = (issue: Issue): string[] =>
  (issue.path ?? []).map((part) => escaped(typeof part === 'object' ? part.key : part));

/** The message of all unknown keys names each of them: with every pointer, it would be the square of what was sent. */
const ofOneKey = (issue: Issue, key: string): string => {
  const said = messages[currentLanguage()]({ ...issue, keys: [key] } as never);
  return (typeof said === 'string' ? said : said?.message) ?? issue.message;
};

/** More would help nobody, and an answer must not be many times larger than what was sent. */
const maxErrors = 100;

/** The issues of a schema, the first hundred, each with a JSON pointer to the field; `base` is where the value stands in the body. */
export const fieldErrors = (issues: readonly Issue[], base = ''): FieldError[] =>
  issues
    .slice(0, maxErrors)
    .flatMap((issue) => {
      const at = [base, ...pathOf(issue)].join('/');
      // An unknown key is an issue of the object around it; the caller wants to be shown the key.
      return (
        issue.keys
          ?.slice(0, maxErrors)
          .map((key) => ({ pointer: `${at}/${escaped(key)}`, message: ofOneKey(issue, key) })) ?? [
          { pointer: at, message: issue.message },
        ]
      );
    })
    .slice(0, maxErrors);
