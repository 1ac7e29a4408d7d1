import { z } from 'zod';
import { bilingual, textOfMessage } from '../shared/text/bilingual.js';
import type { FieldError } from '../shared/problems/domain-error.js';
import type { Text } from '../shared/text/text.js';

/** zod's messages are in both languages; a message written beside a schema takes precedence over these. */
const localeErrors = { fr: z.locales.frCA().localeError, en: z.locales.en().localeError };

const textOf = (issue: Parameters<typeof localeErrors.fr>[0]): Text => {
  const { fr, en } = { fr: localeErrors.fr(issue), en: localeErrors.en(issue) };
  return { fr: messageIn(fr), en: messageIn(en) };
};

const messageIn = (answer: ReturnType<typeof localeErrors.fr>): string =>
  (typeof answer === 'string' ? answer : answer?.message) ?? '';

z.config({ customError: (issue) => bilingual(textOf(issue)) });

interface Issue {
  path?: readonly (PropertyKey | { key: PropertyKey })[] | undefined;
  message: string;
  keys?: readonly string[];
}

const escaped = (key: PropertyKey): string => String(key).replace(/~/g, '~0').replace(/\//g, '~1');

const pathOf = (issue: Issue): string[] =>
  (issue.path ?? []).map((part) => escaped(typeof part === 'object' ? part.key : part));

/**
 * The message for one unknown key. zod's own message names every unknown key: repeated at the pointer of each, it would make an answer
 * as large as the square of the body.
 */
const ofOneKey = (issue: Issue, key: string): Text => textOf({ ...issue, keys: [key] } as never);

/** The errors that an answer has at most: more would help nobody, and an answer must not be many times larger than its request. */
const maxErrors = 100;

/** The first hundred issues of a schema, each with a JSON pointer to its field; `base` is the pointer to the value in the body. */
export const fieldErrors = (issues: readonly Issue[], base = ''): FieldError[] =>
  issues
    .slice(0, maxErrors)
    .flatMap((issue) => {
      const at = [base, ...pathOf(issue)].join('/');
      // zod reports an unknown key at the object around it; the client needs the pointer to the key itself.
      return (
        issue.keys
          ?.slice(0, maxErrors)
          .map((key) => ({ pointer: `${at}/${escaped(key)}`, message: ofOneKey(issue, key) })) ?? [
          { pointer: at, message: textOfMessage(issue.message) },
        ]
      );
    })
    .slice(0, maxErrors);
