import { type Releve, releveName } from '../../../../bulletins/index.js';
import { html, type Html } from '../../../../platform/http/html.js';
import { dayIn, numberIn, quantityIn } from '../../../../calendar/formatting.js';
import type { Language } from '../../../../shared/text/text.js';
import { bulletinWordsIn, type BulletinWord } from '../../bulletin-words.js';
import { cautionsOf } from './releve-cautions.js';
import type { ReleveField, ReleveRow } from '../draft-form.js';
import { textField, type FieldErrors } from '../text-field.js';
import { isKnownReleve, knownReleves } from './known-releves.js';
import type { Earlier } from './offered-releves.js';

interface ReleveParts {
  /** Undefined for an empty relevé that is still to be named. */
  row: ReleveRow | undefined;
  index: number;
  earlier: Earlier | undefined;
  errors: FieldErrors;
  language: Language;
}

const further = ['unit', 'target', 'targetNote', 'source'] as const;

/** The known names as suggestions, for example for a second day of the same relevé. */
export const releveNameSuggestions = (language: Language): Html =>
  html`<datalist id="releve-names">
    ${knownReleves.map(({ name }) => html`<option value="${name[language]}"></option>`)}
  </datalist>`;

/** The fields of one relevé: day and figures first; unit, target and source in a part that opens on demand. */
export const releveFieldset = ({ row, index, earlier, errors, language }: ReleveParts): Html => {
  const say = bulletinWordsIn(language);
  const name = (field: string) => `/releves/${index}/${field}`;
  const field = (of: ReleveField & BulletinWord, more: Partial<Parameters<typeof textField>[0]> = {}) =>
    textField({ name: name(of), label: say(of), value: row?.[of] ?? '', errors, ...more });
  const isNamed = row !== undefined && row.code !== '';
  const isOpen = further.some((of) => errors.has(name(of)));
  const cautions = row === undefined ? '' : cautionsOf(row, language).map(say).join('. ');
  const number = { inputMode: 'decimal', look: 'short' } as const;
  return html`<fieldset class="releve">
    <legend>${isNamed ? releveName(row, language) : say('anotherReleve')}</legend>
    ${isNamed && html`<input type="hidden" name="${name('code')}" value="${row.code}" />`}
    ${isNamed && isKnownReleve(row.code) ? false : field('label', { list: 'releve-names' })}
    <div class="row">
      ${field('day', { type: 'date', look: 'short' })} ${field('value', number)} ${field('total', number)}
    </div>
    <p class="caution" role="status">${cautions}</p>
    ${isNamed && hintOf(row.code, earlier, language)}
    <details ${isOpen && html`open`}>
      <summary>${say('moreFields')}</summary>
      <div class="row">${field('unit', { look: 'short' })} ${field('target', number)}</div>
      ${field('targetNote')} ${field('source')}
    </details>
  </fieldset>`;
};

/** The relevé's value in the last bulletin, to be compared with what is typed. */
const hintOf = (code: string, earlier: Earlier | undefined, language: Language): Html | false => {
  const say = bulletinWordsIn(language);
  const last = earlier?.contents.releves.find((releve) => releve.code === code);
  const hints = [
    ...(code === 'accesses-done' ? [say('accessesHint')] : []),
    ...(last === undefined
      ? []
      : [`${say('lastTime')} (${dayIn(language, last.day)}): ${shown(last, language)}`]),
  ];
  return hints.length > 0 && html`<p class="hint">${hints.join(' ')}</p>`;
};

export const shown = ({ value, unit, total }: Releve, language: Language): string =>
  `${quantityIn(language, value, unit)}${total === undefined ? '' : ` / ${numberIn(language, total)}`}`;
