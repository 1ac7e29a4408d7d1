import { html, nothing, type TemplateResult } from 'lit-html';
import { referenceOf } from '../../../../../shared/ticket-reference.js';
import { isActiveStatus } from '../../../../../shared/vocabulary.js';
import { requesterText } from '../../../../../shared/requester.js';
import type { Ticket } from '../../api/answers.js';
import { momentOf } from '../../moments.js';
import { openTicketIn, ticketIn, type OpenForm, type Shown } from '../../state.js';
import { namesIn, sayIn } from '../../words.js';
import { checkField } from './fields.js';

/** Whether another ticket can be merged into this one: somebody works on it, or it is opened again. */
export const canGoOn = ({ status }: Ticket): boolean => isActiveStatus(status) || status === 'resolved';

/** Looks for the other ticket of a merge or a link, by words or by its reference. */
export const otherTicket = (shown: Shown): TemplateResult => {
  const { state, acts } = shown;
  const say = sayIn(state.desk.language);
  const { chosen, typed, found } = state.search;
  if (chosen)
    return html`<p class="chosen">
      <b class="reference">${referenceOf(chosen.ticketId)}</b>
      ${namesIn(state.desk.language).title(chosen.title)}
      <button type="button" class="quiet small" @click=${() => acts.chooseOther(undefined)}>
        ${say('another')}
      </button>
    </p>`;
  return html`<label class="field">
      <span>${say('otherTicket')}</span>
      <input
        class="first"
        type="search"
        placeholder=${say('searchHint')}
        autocomplete="off"
        .value=${typed}
        @input=${(event: InputEvent) => acts.searchOther((event.target as HTMLInputElement).value)}
        @keydown=${(event: KeyboardEvent) => {
          if (event.key !== 'Enter' || event.ctrlKey || event.metaKey) return;
          event.preventDefault();
          if (found[0]) acts.chooseOther(found[0]);
        }}
      />
    </label>
    <ul class="found">
      ${found.map(
        (ticket) =>
          html`<li>
            <button type="button" data-ticket=${ticket.ticketId} @click=${() => acts.chooseOther(ticket)}>
              <b class="reference">${referenceOf(ticket.ticketId)}</b>
              <span>${namesIn(state.desk.language).title(ticket.title)}</span>
              <span class="state ${ticket.status}"
                >${namesIn(state.desk.language).status(ticket.status)}</span
              >
            </button>
          </li>`,
      )}
    </ul>`;
};

/** Both tickets of a merge beside each other, with which of them ends. */
export const mergePreview = (shown: Shown, { ticketIds }: OpenForm): TemplateResult | typeof nothing => {
  const { state, acts } = shown;
  const say = sayIn(state.desk.language);
  const { chosen } = state.search;
  const [id = ''] = ticketIds;
  const ends = state.open?.ticketId === id ? openTicketIn(state) : ticketIn(state, id);
  if (!chosen || !ends) return nothing;
  return html`<div class="preview">
      ${card(shown, ends, say('ends'))}
      <button
        type="button"
        class="quiet arrow"
        title=${say('swap')}
        aria-label=${say('swap')}
        ?disabled=${!isActiveStatus(chosen.status)}
        @click=${() => acts.swapMerge(ends, chosen)}
      >
        →
      </button>
      ${card(shown, chosen, say('goesOn'))}
    </div>
    ${
      chosen.status === 'resolved'
        ? checkField({ name: 'reopenTarget', label: say('reopenTarget'), value: 'on' })
        : nothing
    }
    ${canGoOn(chosen) ? nothing : html`<p class="caution">${say('cannotGoOn')}</p>`}`;
};

const card = ({ state }: Shown, ticket: Ticket, role: string): TemplateResult => {
  const { language } = state.desk;
  const names = namesIn(language);
  return html`<article>
    <p class="role">${role}</p>
    <p><b class="reference">${referenceOf(ticket.ticketId)}</b></p>
    <h4>${names.title(ticket.title)}</h4>
    <p>
      <span class="level ${ticket.priority}">${ticket.priority}</span>
      <span class="state ${ticket.status}">${names.status(ticket.status)}</span>
    </p>
    <p class="hint">
      ${ticket.establishment} · ${names.category(ticket.category)} ·
      ${momentOf(ticket.openedAt, state.now, language)}
    </p>
    <p class="hint">${requesterText(ticket.requester)}</p>
    ${ticket.description ? html`<p class="prose">${ticket.description}</p>` : nothing}
  </article>`;
};
