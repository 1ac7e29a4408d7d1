import { draftBody, type DraftBody } from '../../../bulletins/index.js';
import { fieldErrors } from '../../../platform/field-errors.js';
import { inLanguage } from '../../../shared/text/bilingual.js';
import type { DomainError, FieldError, FieldFault } from '../../../shared/problems/domain-error.js';
import { problemCatalogue } from '../../../shared/problems/problem-catalogue.js';
import type { ProblemCode } from '../../../shared/problems/problem-code.js';
import type { Language } from '../../../shared/text/text.js';
import { bulletinWordsIn, type BulletinWord } from '../bulletin-words.js';
import { bodyOf, type DraftForm } from './draft-form.js';
import type { FieldErrors } from './text-field.js';
import { isAmbiguous } from './typed-number.js';

export type CheckedDraft =
  { body: DraftBody; errorsOf: (refusal: DomainError) => FieldErrors } | { errors: FieldErrors };

/** The words with which the page explains why a rule refuses a draft. */
const refusals: Partial<Record<ProblemCode, BulletinWord>> = {
  'ticket-day-after-bulletin': 'ticketDayAfter',
  'releve-after-bulletin': 'releveAfter',
  'ticket-day-published': 'ticketDayFixed',
};

/** Checks a typed draft by the schema of the API. The errors are by field of the form, in the language of the page. */
export const checkedDraft = (form: DraftForm, language: Language): CheckedDraft => {
  const { body, fieldOf } = bodyOf(form, language);
  const byField = <Fault extends FieldFault>(
    errors: readonly Fault[],
    said: (error: Fault) => string,
  ): FieldErrors => new Map(errors.map((error) => [fieldOf(error.pointer), said(error)]));
  const { success, data, error } = draftBody.safeParse(body);
  return success
    ? {
        body: data,
        errorsOf: (refusal) => byField(refusal.details.errors ?? [], refusalIn(refusal, language)),
      }
    : { errors: byField(fieldErrors(error.issues), mistakeIn(body, language)) };
};

const refusalIn =
  ({ code }: DomainError, language: Language) =>
  (): string => {
    const word = refusals[code];
    return word === undefined ? problemCatalogue[code].detail[language] : bulletinWordsIn(language)(word);
  };

const mistakeIn =
  (body: unknown, language: Language) =>
  ({ pointer, message }: FieldError): string => {
    const say = bulletinWordsIn(language);
    const isEmpty = at(body, pointer) === '';
    if (isEmpty) return say(pointer.endsWith('/value') ? 'valueMissing' : 'required');
    const typed = at(body, pointer);
    if (!/\/(value|total|target)$/.test(pointer) || typeof typed !== 'string')
      return inLanguage(message, language);
    return say(isAmbiguous(typed, language) ? 'ambiguousNumber' : 'notANumber');
  };

/** The value in a body at a JSON pointer; undefined where there is none. */
const at = (body: unknown, pointer: string): unknown =>
  pointer
    .split('/')
    .slice(1)
    .reduce<unknown>((value, key) => (value as Record<string, unknown> | undefined)?.[key], body);
