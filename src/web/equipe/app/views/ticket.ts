import { requesterText } from '../../../../shared/requester.js';
import { html, nothing, type TemplateResult } from 'lit-html';
import { peopleOf } from '../queue/incident.js';
import {
  isActiveTicket,
  offeredOn,
  titleOf,
  type DeviceTicket,
  type TicketWithPending,
} from '../queue/ticket.js';
import { entryCard } from './entry.js';
import { pendingMark } from './list.js';
import { photoButton, photosOf } from './photos.js';
import { ticketAddress } from './route.js';
import type { Note, ViewState } from './view.js';
import { referenceOf } from '../../../../shared/ticket-reference.js';
import { statusLabels, transitionLabels } from '../../../../shared/vocabulary.js';
import { categoryName, commandName, momentName, priorityName, resolutionName, statusName } from './words.js';

/** The page of a ticket: its facts, its commands, the unsent commands made here, and its notes. */
export const ticketPage = (shown: ViewState, known: TicketWithPending): TemplateResult => {
  const { view } = shown;
  const ticket = unmasked(known, view.full);
  return html`
    <p class="back"><a href="#">Tous les billets</a></p>
    <h1 tabindex="-1">${titleOf(ticket)}</h1>
    <p>
      <span class="status ${ticket.status}">${statusName(ticket.status)}</span>
      <span class="reference">${referenceOf(ticket.ticketId)}</span> ${pendingMark(ticket)}
    </p>
    <div class="acts">${actsOn(shown, ticket)} ${photoButton(shown, ticket)} ${meToo(shown, ticket)}</div>
    ${ticket.description ? html`<p class="sheet prose">${ticket.description}</p>` : nothing}
    <dl class="sheet facts">
      ${[...factsOf(ticket, view.now), ['Personnes touchées', peopleText(ticket, view)] as const].map(
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
        : html`<h2>Pas encore envoyé</h2>
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

const factsOf = (ticket: TicketWithPending, now: Date) =>
  [
    ['Lieu', ticket.location],
    ['Demandé par', requesterText(ticket.requester)],
    ['Établissement', [ticket.establishment, ticket.site].filter(Boolean).join(' · ')],
    ['Catégorie', categoryName(ticket.category)],
    ['Priorité', priorityName(ticket.priority)],
    ['Équipe', [ticket.team, ticket.assignee].filter(Boolean).join(' · ')],
    [statusLabels.open.fr, momentName(ticket.openedAt, now)],
    [
      transitionLabels.resolve.fr,
      ticket.resolution && `${resolutionName(ticket.resolution.code)}: ${ticket.resolution.note}`,
    ],
  ] as const;

const actsOn = ({ acts }: ViewState, ticket: TicketWithPending) =>
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
const meToo = ({ view, acts }: ViewState, { ticketId }: TicketWithPending) => {
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

const notes = ({ view }: ViewState): TemplateResult => {
  const item = ({ body, actor, occurredAt }: Note) =>
    html`<li class="sheet">
      <p class="hint">${actor}, ${momentName(occurredAt, view.now)}</p>
      <p class="prose">${body}</p>
    </li>`;
  if (!view.notes) return html`<p class="hint">Les notes déjà envoyées se lisent avec le réseau.</p>`;
  const older = view.hasOlderNotes
    ? html`<p class="hint">Seule la fin de ce long billet est lue ici.</p>`
    : nothing;
  if (view.notes.length === 0)
    return html`<p class="hint">Aucune note envoyée.</p>
      ${older}`;
  return html`<h2>Notes</h2>
    ${older}
    <ul class="cards">
      ${view.notes.map(item)}
    </ul>`;
};
