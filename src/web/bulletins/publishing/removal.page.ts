import { html, type Html } from '../../../platform/http/html.js';
import type { WrittenSnapshot } from '../../../bulletins/index.js';
import type { PageReader } from '../../page/page-frame.js';
import { bulletinWordsIn, type BulletinWord } from '../bulletin-words.js';
import { editorTextArea } from '../editor/text-field.js';
import { bulletinTitle } from '../titles.js';

/** What is taken back: a publication, or a draft that was never published. */
export type Removal = 'withdraw' | 'delete';

const words = {
  withdraw: { title: 'confirmWithdraw', means: 'withdrawMeans' },
  delete: { title: 'confirmDelete', means: 'deleteMeans' },
} as const satisfies Record<Removal, Record<'title' | 'means', BulletinWord>>;

/** The reason as it was typed, and whether it can't be taken. */
export interface TypedReason {
  text: string;
  isRefused: boolean;
}

/** The page before a bulletin is taken back: what that means, the reason, and the button. */
export const removalMain = (
  { date, revision }: WrittenSnapshot,
  step: Removal,
  {
    reason,
    isChanged,
    reader: { language },
  }: { reason: TypedReason; isChanged: boolean; reader: PageReader },
): Html => {
  const say = bulletinWordsIn(language);
  const errors = new Map(reason.isRefused ? [['reason', say('reasonMissing')]] : []);
  const field = { name: 'reason', label: say('reason'), hint: say('reasonHint'), rows: 4, maxLength: 1_000 };
  return html`<p class="crumbs">
      <a href="/bulletins">${say('bulletins')}</a> ›
      <a href="/bulletins/${date}">${bulletinTitle(date, language)}</a>
    </p>
    <div class="top"><h1>${say(words[step].title)}</h1></div>
    ${isChanged && html`<p class="warning" role="alert">${say('notTakenBack')}</p>`}
    <p>${say(words[step].means)}</p>
    <form method="post" action="/bulletins/${date}/${step}" class="card">
      <input type="hidden" name="revision" value="${revision}" />
      ${step === 'withdraw' && editorTextArea({ ...field, value: reason.text, errors })}
      <p class="row actions">
        <button class="danger">${say(step)}</button>
        <a class="button quiet" href="/bulletins/${date}">${say('back')}</a>
      </p>
    </form>`;
};
