import { releveName } from '../../bulletins/index.js';
import { html, type Html } from '../../platform/http/html.js';
import type { Language } from '../../shared/text/text.js';
import { bulletinWordsIn } from './bulletin-words.js';
import { releveFields, type DraftForm, type ReleveField } from './editor/draft-form.js';
import { fieldId, type FieldErrors } from './editor/text-field.js';

/** The list of all errors, each with a link to its field. */
export const errorSummary = (
  { errors, form }: { errors: FieldErrors; form: DraftForm },
  language: Language,
): Html | false =>
  errors.size > 0 &&
  html`<div class="warning" role="alert" tabindex="-1" id="errors">
    <p>${bulletinWordsIn(language)('errors')}:</p>
    <ul>
      ${[...errors].map(
        ([name, message]) =>
          html`<li><a href="#${fieldId(name)}">${fieldNameOf(name, form, language)}: ${message}</a></li>`,
      )}
    </ul>
  </div>`;

/** The name of a field with its part of the page, as «Utilisateurs connectés, Valeur». */
export const fieldNameOf = (name: string, form: DraftForm, language: Language): string => {
  const say = bulletinWordsIn(language);
  const [, group = '', member = '', field = ''] = name.split('/');
  switch (group) {
    case 'highlights':
      return `${say('highlight')} ${Number(member) + 1}, ${say(field === 'text' ? 'text' : 'aboutWhom')}`;
    case 'releves': {
      const row = form.releves[Number(member)];
      if (row === undefined || !isReleveField(field)) return say('technology');
      const called = row.code === '' ? row.label || say('anotherReleve') : releveName(row, language);
      return `${called}, ${say(field)}`;
    }
    case 'sections':
      return say(member === 'bilan' || member === 'objectif' ? member : 'highlights');
    default:
      return say('ticketDay');
  }
};

const isReleveField = (name: string): name is ReleveField => releveFields.some((field) => field === name);
