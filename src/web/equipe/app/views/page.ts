import { html, nothing, type TemplateResult } from 'lit-html';
import { keyed } from 'lit-html/directives/keyed.js';
import { refused, waiting } from '../queue/queue.js';
import type { Person } from '../device/person.js';
import { actingForm } from './acting.js';
import { whyOf } from './entry.js';
import { listPage } from './list.js';
import { heldFor, lockedPage, signIn } from '../notices/locked.js';
import { openingForm } from './opening.js';
import { queuePage } from './queue.js';
import { refusalWordsOf, type RefusalWords } from './refusal-words.js';
import { ticketAddress } from './route.js';
import { ticketPage } from './ticket.js';
import type { ViewState, View } from './view.js';
import { commandDone, commandName, counted, skewName } from './words.js';
import { titleOf } from '../queue/ticket.js';

/** The skew of the clock above which the server corrects times, and the page shows a warning. */
const notableSkewMs = 2 * 60_000;

export const page = (shown: ViewState): TemplateResult => {
  const { view } = shown;
  return html`
    <a class="skip" href="#main" @click=${focusMain}>Aller au contenu</a>
    <header class="banner">
      <p class="told" role="status">${view.announcement}</p>
      <p class="name">Équipe mobile<span class="person">${view.current?.person ?? ''}</span></p>
      ${view.current ? syncLink(view) : nothing}
    </header>
    <section aria-label="Avis">${banners(view)}</section>
    <main id="main" tabindex="-1">${keyed(JSON.stringify(view.route), content(shown))}</main>
    ${view.current ? tabs(view) : nothing}
  `;
};

const focusMain = (event: Event): void => {
  event.preventDefault();
  document.getElementById('main')?.focus();
};

const content = (shown: ViewState): TemplateResult => {
  const { route, current, tickets, queue } = shown.view;
  if (!current) return lockedPage(shown.view);
  const ticketOf = (ticketId: string) => tickets.find((ticket) => ticket.ticketId === ticketId);
  switch (route.page) {
    case 'list':
      return listPage(shown);
    case 'queue':
      return queuePage(shown, current);
    case 'new':
      return html`<h1 tabindex="-1">Nouveau billet</h1>
        ${openingForm(shown, current, { submit: 'Enregistrer', cancel: '#', done: (queued) => shown.acts.open(queued) })}`;
    case 'ticket': {
      const ticket = ticketOf(route.ticketId);
      return ticket ? ticketPage(shown, ticket) : gone;
    }
    case 'act': {
      const ticket = ticketOf(route.ticketId);
      if (!ticket) return gone;
      return html`<h1 tabindex="-1">${commandName(route.type)}</h1>
        <p class="about">${titleOf(ticket)}</p>
        ${actingForm(shown, route.type, {
          person: current,
          cancel: ticketAddress(ticket.ticketId),
          done: (queued) => shown.acts.act(ticket, queued),
        })}`;
    }
    case 'mend': {
      const entry = queue.find(({ seq, refusal }) => seq === route.seq && refusal);
      if (!entry) return gone;
      return mending(shown, current, entry);
    }
  }
};

const mending = (shown: ViewState, person: Person, entry: View['queue'][number]): TemplateResult => {
  const { type } = entry.command;
  const { refusal } = entry;
  const done = (queued: Parameters<ViewState['acts']['correct']>[1]) => shown.acts.correct(entry, queued);
  const heading = html`<h1 tabindex="-1">Corriger: ${commandDone[type].toLowerCase()}</h1>
    ${refusal ? whyOf(refusal) : nothing}`;
  if (type === 'start' || type === 'link') return gone;
  if (type === 'open') {
    return html`${heading} ${openingForm(shown, person, { submit: 'Renvoyer', cancel: '#file', done })}`;
  }
  return html`${heading} ${actingForm(shown, type, { person, cancel: '#file', done })}`;
};

const gone = html`<h1 tabindex="-1">Rien ici</h1>
  <p class="empty">Ce billet n’est plus sur cette tablette: il a été envoyé, fusionné ou transféré.</p>
  <p><a class="button" href="#">Tous les billets</a></p>`;

const nothingSent = ({ title, detail }: RefusalWords): TemplateResult =>
  html`<div class="warning">
    <p><strong>${title}.</strong> ${detail} Rien n’est perdu: la file attend.</p>
    ${signIn}
  </div>`;

const banners = ({ sync, current, held }: View) => html`
  ${sync.kind === 'refused' ? nothingSent(refusalWordsOf(sync.refusal)) : nothing}
  ${current ? heldFor(held) : nothing}
  ${
    current && Math.abs(current.clockSkewMs ?? 0) > notableSkewMs
      ? html`<div class="warning quiet">
          <p>
            L’horloge de cette tablette ${skewName(current.clockSkewMs ?? 0)}. Les heures envoyées sont
            corrigées; réglez-la quand même.
          </p>
        </div>`
      : nothing
  }
`;

/** The state of the exchange with the server in a word or two, as a link to the queue. */
const syncLink = (view: View): TemplateResult => {
  const refusedPhotos = view.photos.filter(({ refusal }) => refusal).length;
  const mine = waiting(view.queue).length + view.photos.length - refusedPhotos;
  const toMend = refused(view.queue).length + refusedPhotos;
  const parts = [
    ...(view.sync.kind === 'away' ? [view.online ? 'Sans réponse' : 'Hors ligne'] : []),
    ...(view.sync.kind === 'signed-out' ? ['Non connecté'] : []),
    ...(toMend > 0 ? [counted(toMend, 'refusé', 'refusés')] : []),
    ...(mine > 0 ? [`${mine} en attente`] : []),
  ];
  const look = toMend > 0 ? 'bad' : parts.length > 0 ? 'waits' : 'fine';
  const shown = parts.length > 0 ? parts : ['À jour'];
  return html`<a class="sync ${look}" href="#file" data-state=${view.sync.kind}>
    <span class="dot"></span><span>${shown.map((part) => html`<span class="part">${part}</span> `)}</span>
  </a>`;
};

const tabs = ({ route, queue, photos }: View): TemplateResult => {
  const kept = queue.length + photos.length;
  const tab = (
    page: View['route']['page'],
    { address, text, more }: { address: string; text: string; more?: string },
  ) =>
    html`<a href=${address} aria-current=${route.page === page ? 'page' : nothing}
      >${text}${more !== undefined ? html` <span class="count">${more}</span>` : ''}</a
    >`;
  return html`<nav class="tabs" aria-label="Pages">
    ${tab('list', { address: '#', text: 'Billets' })} ${tab('new', { address: '#nouveau', text: 'Nouveau' })}
    ${tab('queue', { address: '#file', text: 'File', more: kept > 0 ? String(kept) : undefined })}
  </nav>`;
};
