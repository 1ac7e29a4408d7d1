import { requesterText } from '../../../../shared/requester.js';
import { html, nothing, type TemplateResult } from 'lit-html';
import { peopleOf } from '../queue/incident.js';
import { isActiveTicket, offeredOn, type DeviceTicket, type TicketWithPending } from '../queue/ticket.js';
import { entryCard } from './entry.js';
import { pendingMark } from './list.js';
import { photoButton, photosOf } from './photos.js';
import { ticketAddress } from './route.js';
import type { Note, ViewState } from './view.js';
import { referenceOf } from '../../../../shared/ticket-reference.js';
import { statusLabels, transitionLabels } from '../../../../shared/vocabulary.js';
import type { Words } from './words/words.js';

/** The page of a ticket: its facts, its commands, the unsent commands made here, and its notes. */
export const ticketPage = (shown: ViewState, known: TicketWithPending): TemplateResult => {
  const { view, words } = shown;
  const { say, titleOf, statusName } = words;
  const ticket = unmasked(known, view.full);
  return html`
    <p class="back"><a href="#">${say('allTickets')}</a></p>
    <h1 tabindex="-1">${titleOf(ticket)}</h1>
    <p>
      <span class="status ${ticket.status}">${statusName(ticket.status)}</span>
      <span class="reference">${referenceOf(ticket.ticketId)}</span> ${pendingMark(ticket, words)}
    </p>
    <div class="acts">${actsOn(shown, ticket)} ${photoButton(shown, ticket)} ${meToo(shown, ticket)}</div>
    ${ticket.description ? html`<p class="sheet prose">${ticket.description}</p>` : nothing}
    <dl class="sheet facts">
      ${[...factsOf(ticket, view.now, words), [say('people'), peopleText(ticket, view)] as const].map(
        ([name, value]) =>
          value
            ? html`<div>
                <dt>${name}</dt>
                <dd>${value}</dd>
              </div>`
            : nothing,
      )}
    </dl>
    ${
      ticket.pending.length === 0
        ? nothing
        : html`<h2>${say('notSentHeading')}</h2>
            <ul class="cards">
              ${ticket.pending.map((entry) => html`<li>${entryCard(shown, entry)}</li>`)}
            </ul>`
    }
    ${photosOf(shown, ticket)} ${notes(shown)}
  `;
};

/** The ticket with its texts as they were written, where they were read. */
const unmasked = (known: TicketWithPending, full: DeviceTicket | undefined): TicketWithPending => {
  if (full?.ticketId !== known.ticketId) return known;
  const { title, description, location, requester, resolution } = full;
  const isSame = full.revision === known.revision && known.pending.length === 0;
  return { ...known, title, description, location, requester, ...(isSame ? { resolution } : {}) };
};

const factsOf = (ticket: TicketWithPending, now: Date, words: Words) => {
  const { language, say, categoryName, priorityName, momentName, resolutionName } = words;
  return [
    [say('place'), ticket.location],
    [say('requestedBy'), requesterText(ticket.requester)],
    [say('establishment'), [ticket.establishment, ticket.site].filter(Boolean).join(' · ')],
    [say('category'), categoryName(ticket.category)],
    [say('priority'), priorityName(ticket.priority)],
    [say('team'), [ticket.team, ticket.assignee].filter(Boolean).join(' · ')],
    [statusLabels.open[language], momentName(ticket.openedAt, now)],
    [
      transitionLabels.resolve[language],
      ticket.resolution && `${resolutionName(ticket.resolution.code)}: ${ticket.resolution.note}`,
    ],
  ] as const;
};

const actsOn = ({ acts, words: { commandName } }: ViewState, ticket: TicketWithPending) =>
  offeredOn(ticket).map((type, index) => {
    const look = `button${index === 0 ? ' big' : ' quiet'}`;
    if (type === 'open' || type === 'link') return nothing;
    return type === 'start'
      ? html`<button class=${look} @click=${() => void acts.act(ticket, { type })}>
          ${commandName(type)}
        </button>`
      : html`<a class=${look} href=${ticketAddress(ticket.ticketId, type)}>${commandName(type)}</a>`;
  });

/** One more person has the problem; the ticket as this tablet keeps it, since what was read by itself is not kept. */
const meToo = ({ view, acts, words: { commandName } }: ViewState, { ticketId }: TicketWithPending) => {
  const known = view.tickets.find((ticket) => ticket.ticketId === ticketId);
  return known && isActiveTicket(known) && known.title !== ''
    ? html`<button class="button quiet" @click=${() => void acts.meToo(known)}>
        ${commandName('link')}
      </button>`
    : nothing;
};

/** Nothing where there is only the one who reported it. */
const peopleText = ({ ticketId }: TicketWithPending, { tickets }: ViewState['view']): string => {
  const people = peopleOf(ticketId, tickets);
  return people > 1 ? String(people) : '';
};

const notes = ({ view, words: { say, momentName } }: ViewState): TemplateResult => {
  const item = ({ body, actor, occurredAt }: Note) =>
    html`<li class="sheet">
      <p class="hint">${actor}, ${momentName(occurredAt, view.now)}</p>
      <p class="prose">${body}</p>
    </li>`;
  if (!view.notes) return html`<p class="hint">${say('notesNeedNetwork')}</p>`;
  const older = view.hasOlderNotes ? html`<p class="hint">${say('onlyEndOfNotes')}</p>` : nothing;
  if (view.notes.length === 0)
    return html`<p class="hint">${say('noNote')}</p>
      ${older}`;
  return html`<h2>${say('notes')}</h2>
    ${older}
    <ul class="cards">
      ${view.notes.map(item)}
    </ul>`;
};
