import { html, type Html } from '../../../platform/http/html.js';
import type { Language } from '../../../shared/text.js';
import { bulletinWordsIn } from '../bulletin-words.js';

/** The state of a bulletin in a word or two: draft, published, or a revision with its number. */
export const stateChip = (
  { revision, draftChanged }: { revision: number; draftChanged: boolean },
  language: Language,
): Html => {
  const say = bulletinWordsIn(language);
  const [look, text] =
    revision === 0
      ? ['draft', say('drafted')]
      : revision === 1
        ? ['published', say('published')]
        : ['revised', `${say('revised')} ${revision}`];
  return html`<span class="chip ${look}">${text}</span
    >${draftChanged && html` <span class="hint">${say('changedSince')}</span>`}`;
};
