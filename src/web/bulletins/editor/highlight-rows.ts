import { html, type Html } from '../../../platform/http/html.js';
import type { Language } from '../../../shared/text/text.js';
import { bulletinWordsIn } from '../bulletin-words.js';
import type { HighlightRow } from './draft-form.js';
import { editorTextArea, textField, type FieldErrors } from './text-field.js';

/** The fields of one highlight: its establishments and its text. */
export const highlightRow = (
  { establishments, text }: HighlightRow,
  {
    index,
    isNew,
    errors,
    language,
  }: { index: number; isNew: boolean; errors: FieldErrors; language: Language },
): Html => {
  const say = bulletinWordsIn(language);
  const field = (name: string) => `/highlights/${index}/${name}`;
  return html`<fieldset class="highlight">
    <legend>${isNew ? say('anotherHighlight') : `${say('highlight')} ${index + 1}`}</legend>
    ${textField({
      ...{ name: field('establishments'), label: say('aboutWhom'), value: establishments, errors },
      ...{ hint: say('aboutWhomHint'), list: 'establishments' },
    })}
    ${editorTextArea({
      ...{ name: field('text'), label: say('text'), value: text, errors },
      ...{ rows: isNew ? 3 : 7, language },
    })}
  </fieldset>`;
};
