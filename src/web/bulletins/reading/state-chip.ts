import type { listItem } from '../../../bulletins/index.js';
import { html, type Html } from '../../../platform/http/html.js';
import type { Language } from '../../../shared/text/text.js';
import { bulletinWordsIn } from '../bulletin-words.js';

type Item = ReturnType<typeof listItem>;

/** The state of a bulletin in a word or two: draft, published, a revision with its number, or withdrawn. */
export const stateChip = (
  { status, revision, draftChanged }: Pick<Item, 'status' | 'revision' | 'draftChanged'>,
  language: Language,
): Html => {
  const say = bulletinWordsIn(language);
  const [look, text] =
    status === 'withdrawn'
      ? ['withdrawn', say('withdrawn')]
      : revision === 0
        ? ['draft', say('drafted')]
        : revision === 1
          ? ['published', say('published')]
          : ['revised', `${say('revised')} ${revision}`];
  return html`<span class="chip ${look}">${text}</span
    >${draftChanged && html` <span class="hint">${say('changedSince')}</span>`}`;
};
