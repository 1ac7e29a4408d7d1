import { html, type Html } from '../../../../platform/http/html.js';
import { numberIn } from '../../../../calendar/formatting.js';
import type { Language } from '../../../../shared/text/text.js';
import { fieldNameOf } from '../../error-summary.js';
import type { DraftForm } from '../draft-form.js';
import { fieldId } from '../text-field.js';
import { pasteWordsIn } from './paste-words.js';
import type { Proposal } from './proposals.js';
import type { TypographyChange } from './typography-changes.js';

/** As many differences as are read at a glance. */
const maxShown = 8;

/** What would be read or set otherwise in the typed texts, and the button that does it; an empty region where nothing would. */
export const proposalsCard = (
  { date, form, proposals }: { date: string; form: DraftForm; proposals: readonly Proposal[] },
  language: Language,
): Html => {
  const say = pasteWordsIn(language);
  return html`<div id="proposals">
    ${
      proposals.length > 0 &&
      html`<section class="card proposals" aria-labelledby="proposals-title">
        <h2 id="proposals-title">${say('proposals')}</h2>
        ${proposals.map(
          ({ field, isReadOtherwise, words }) =>
            html`<h3><a href="#${fieldId(field)}">${fieldNameOf(field, form, language)}</a></h3>
              ${isReadOtherwise && html`<p>${say('readOtherwise')}</p>`} ${differences(words, language)}`,
        )}
        <p class="hint">${say('nothingImposed')}</p>
        <p class="row">
          <button class="quiet" form="editor" formaction="/bulletins/${date}/typography">
            ${say('accept')}
          </button>
        </p>
      </section>`
    }
  </div>`;
};

/** Words and those in their place, with a sign for each no-break space, which could not be told from another one. */
export const differences = (words: readonly TypographyChange[], language: Language): Html | false => {
  const say = pasteWordsIn(language);
  const more = words.length - maxShown;
  return (
    words.length > 0 &&
    html`<ul class="changed-words">
      ${words.slice(0, maxShown).map(
        ({ from, to }) =>
          html`<li>
            <del><span class="unseen">${say('insteadOf')}</span>${from}</del> <ins>${seen(to, language)}</ins>
          </li>`,
      )}
      ${more > 0 && html`<li>${say('and')} ${numberIn(language, more)} ${say(more === 1 ? 'other' : 'others')}</li>`}
    </ul>`
  );
};

const seen = (text: string, language: Language): Html =>
  html`${text
    .split('\u00A0')
    .map(
      (part, at) =>
        html`${at > 0 && html`<abbr class="no-break" title="${pasteWordsIn(language)('noBreak')}">⎵</abbr>`}${part}`,
    )}`;
