import { type HighlightText, releveName } from '../../../bulletins/index.js';
import { html, type Html } from '../../../platform/http/html.js';
import { dayIn, weekdayIn } from '../../../calendar/formatting.js';
import type { Language } from '../../../shared/text/text.js';
import { bulletinWordsIn } from '../bulletin-words.js';
import type { Conflict } from './merged-drafts.js';
import { shown } from './releves/releve-fieldset.js';

/** The other writer's version of the parts that both have changed, to be read and copied. */
export const conflictNotesOf = (
  conflicts: readonly Conflict[],
  by: string,
  language: Language,
): Html | false =>
  conflicts.length > 0 &&
  html`<aside class="theirs">
    <h3>${bulletinWordsIn(language)('theirVersion')} ${by}</h3>
    ${conflicts.map((conflict) => versionOf(conflict, language))}
  </aside>`;

const versionOf = (conflict: Conflict, language: Language): Html => {
  const none = html`<p><em>${bulletinWordsIn(language)('takenOut')}</em></p>`;
  switch (conflict.part) {
    case 'ticketDay':
      return html`<p>${weekdayIn(language, conflict.theirs)}</p>`;
    case 'bilan':
    case 'objectif':
      return conflict.theirs === undefined ? none : html`<pre tabindex="0">${conflict.theirs}</pre>`;
    case 'faitsSaillants':
      return conflict.theirs === undefined ? none : html`${conflict.theirs.map(highlight)}`;
    default: {
      const { about, theirs } = conflict;
      const value = theirs === undefined ? bulletinWordsIn(language)('takenOut') : shown(theirs, language);
      const source = theirs?.source === undefined ? '' : ` (${theirs.source})`;
      return html`<p>
        ${releveName(about, language)}, ${dayIn(language, about.day)}: <strong>${value}</strong>${source}
      </p>`;
    }
  }
};

const highlight = ({ establishment, text }: HighlightText): Html =>
  html`${establishment && html`<p>${establishment.written}</p>`}
    <pre tabindex="0">${text}</pre>`;
