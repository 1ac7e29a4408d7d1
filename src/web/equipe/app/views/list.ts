import { requesterText } from '../../../../shared/requester.js';
import { html, nothing, type TemplateResult } from 'lit-html';
import { readReference, referenceOf } from '../../../../shared/ticket-reference.js';
import { isActiveTicket, type TicketWithPending } from '../queue/ticket.js';
import { fitsTyped } from './fits.js';
import { ticketAddress } from './route.js';
import type { ViewState, View } from './view.js';
import type { Words } from './words/words.js';

const maxListed = 200;

/** The team's tickets: those with unsent commands first, then by urgency. */
export const listPage = (state: ViewState): TemplateResult => {
  const { view, words } = state;
  const { say, counted } = words;
  const shown = view.tickets.filter((ticket) => fits(ticket, view.filter, words)).sort(byUrgency);
  const active = shown.filter(isActiveTicket);
  const over = shown.filter((ticket) => !isActiveTicket(ticket)).sort(newestFirst);
  const isNew = ({ ticketId }: TicketWithPending) => view.justOpened.includes(ticketId);
  const [fresh, others] = [active.filter(isNew).sort(newestFirst), active.filter((ticket) => !isNew(ticket))];
  return html`
    <div class="top">
      <h1 tabindex="-1">${say('activeTickets')} <span class="count">${active.length}</span></h1>
      <a class="button big" href="#nouveau">${words.commandName('open')}</a>
    </div>
    ${filters(state)}
    ${active.length === 0 ? html`<p class="empty">${say(isFound(view, shown) ? 'noActiveTicket' : 'nothingFound')}</p>` : nothing}
    ${
      fresh.length === 0
        ? nothing
        : html`<h2>${say('justNow')}</h2>
            ${cards(fresh, state)}`
    }
    ${fresh.length === 0 || others.length === 0 ? nothing : html`<h2>${say('theOthers')}</h2>`}
    ${others.length === 0 ? nothing : cards(others.slice(0, maxListed), state)}
    ${
      others.length > maxListed
        ? html`<p class="empty">${counted(others.length - maxListed, 'other')}: ${say('searchToSee')}</p>`
        : nothing
    }
    ${over.length === 0 ? nothing : ended(over, state)}
  `;
};

/** Whether there is something to say besides that the search finds nothing. */
const isFound = ({ filter }: View, shown: readonly TicketWithPending[]): boolean =>
  filter.text.trim() === '' || shown.length > 0;

/** The tickets that are over: in the open once somebody searches, since it may be one of them. */
const ended = (over: readonly TicketWithPending[], state: ViewState): TemplateResult => {
  const { view, words } = state;
  const name = `${words.say('ended')} (${over.length})`;
  const found = cards(over.slice(0, maxListed), state);
  return view.filter.text.trim() === ''
    ? html`<details>
        <summary>${name}</summary>
        ${found}
      </details>`
    : html`<h2>${name}</h2>
        ${found}`;
};

const filters = ({ view, acts, words: { say } }: ViewState): TemplateResult => {
  const codes = [...new Set(view.tickets.map(({ establishment }) => establishment))].sort();
  return html`<div class="filters">
    <label class="field">
      <span class="unseen">${say('searchTicket')}</span>
      <input
        type="search"
        placeholder=${say('search')}
        .value=${view.filter.text}
        @input=${(event: InputEvent) => acts.filter({ text: (event.target as HTMLInputElement).value })}
      />
    </label>
    ${
      codes.length < 2
        ? nothing
        : html`<label class="field">
            <span class="unseen">${say('establishment')}</span>
            <select
              @change=${(event: Event) =>
                acts.filter({ establishment: (event.target as HTMLSelectElement).value })}
            >
              <option value="">${say('all')}</option>
              ${codes.map(
                (code) =>
                  html`<option value=${code} ?selected=${code === view.filter.establishment}>
                    ${code}
                  </option>`,
              )}
            </select>
          </label>`
    }
  </div>`;
};

const cards = (tickets: readonly TicketWithPending[], state: ViewState): TemplateResult =>
  html`<ul class="cards">
    ${tickets.map((ticket) => html`<li>${card(ticket, state)}</li>`)}
  </ul>`;

const card = (ticket: TicketWithPending, { view, words }: ViewState): TemplateResult => {
  const { titleOf, categoryName, statusName, agoName } = words;
  const places = [ticket.location, ticket.establishment, categoryName(ticket.category)].filter(Boolean);
  return html`<a class="card" href=${ticketAddress(ticket.ticketId)}>
    <span class="line"
      ><span class="priority ${ticket.priority}">${ticket.priority}</span>
      <strong>${titleOf(ticket)}</strong></span
    >
    <span class="line hint">${places.join(' · ')}</span>
    <span class="line hint">
      <span class="status ${ticket.status}">${statusName(ticket.status)}</span>
      ${agoName(ticket.openedAt, view.now)} ·
      <span class="reference">${referenceOf(ticket.ticketId)}</span> ${pendingMark(ticket, words)}
    </span>
  </a>`;
};

export const pendingMark = (
  { pending }: TicketWithPending,
  { say }: Words,
): TemplateResult | typeof nothing => {
  if (pending.length === 0) return nothing;
  return pending.some(({ refusal }) => refusal)
    ? html`<span class="mark refused">${say('refusedLook')}</span>`
    : html`<span class="mark">${say('notSentYet')}</span>`;
};

const fits = (
  ticket: TicketWithPending,
  { text, establishment }: View['filter'],
  { titleOf, categoryName }: Words,
): boolean => {
  if (establishment !== '' && ticket.establishment !== establishment) return false;
  const reference = referenceOf(ticket.ticketId);
  return (
    readReference(text) === reference ||
    fitsTyped(
      [
        titleOf(ticket),
        ticket.location ?? '',
        requesterText(ticket.requester),
        categoryName(ticket.category),
        reference,
      ],
      text,
    )
  );
};

const byUrgency = (a: TicketWithPending, b: TicketWithPending): number =>
  Number(b.pending.length > 0) - Number(a.pending.length > 0) ||
  a.priority.localeCompare(b.priority) ||
  b.openedAt.localeCompare(a.openedAt);

const newestFirst = (a: TicketWithPending, b: TicketWithPending): number =>
  Date.parse(b.updatedAt) - Date.parse(a.updatedAt);
