import { html, nothing, type TemplateResult } from 'lit-html';
import { repeat } from 'lit-html/directives/repeat.js';
import type { HistoryItem } from '../../api/answers.js';
import { fullMoment, momentOf } from '../../moments.js';
import type { OpenTicket, Shown } from '../../state.js';
import { sayIn } from '../../words.js';

/** What happened to a ticket, the newest first: sentences with who and when, and notes as they were written. */
export const history = (shown: Shown, open: OpenTicket): TemplateResult => {
  const { state, acts } = shown;
  const say = sayIn(state.desk.language);
  return html`<section class="history" aria-labelledby="history-title">
    <h3 id="history-title">${say('history')}</h3>
    <ol reversed>
      ${repeat(
        open.history,
        ({ revision }) => revision,
        (item) => entry(shown, item),
      )}
    </ol>
    ${
      open.olderCursor === null
        ? nothing
        : html`<button class="quiet small" @click=${() => acts.readOlder()}>${say('older')}</button>`
    }
  </section>`;
};

const entry = (shown: Shown, item: HistoryItem): TemplateResult =>
  typeof item.data.body === 'string' && item.type === 'NoteAdded'
    ? note(shown, item, item.data.body)
    : html`<li>
        <p>${sentence(item)} ${when(shown, item)}</p>
      </li>`;

/** The sentence of a history with its first words, who did it, set apart. */
export const sentence = ({ actor, sentence: said }: HistoryItem): TemplateResult =>
  said.startsWith(actor) ? html`<b>${actor}</b>${said.slice(actor.length)}` : html`${said}`;

const note = (shown: Shown, item: HistoryItem, written: string): TemplateResult => {
  const say = sayIn(shown.state.desk.language);
  const isInternal = item.data.internal === true;
  return html`<li class="note ${isInternal ? 'internal' : ''}">
    <p>
      <b>${item.actor}</b>
      <span class="kind">${say(isInternal ? 'internalNote' : 'note')}</span>
      ${isInternal ? html`<span class="hint">${say('internalHint')}</span>` : nothing} ${when(shown, item)}
    </p>
    <p class="prose">${written}</p>
  </li>`;
};

const when = ({ state }: Shown, { occurredAt }: HistoryItem): TemplateResult => {
  const { language } = state.desk;
  return html`<time datetime=${occurredAt} title=${fullMoment(occurredAt, language)}
    >${momentOf(occurredAt, state.now, language)}</time
  >`;
};
