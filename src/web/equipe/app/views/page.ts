import { html, nothing, type TemplateResult } from 'lit-html';
import { keyed } from 'lit-html/directives/keyed.js';
import { refused, waiting } from '../queue/queue.js';
import type { Person } from '../device/person.js';
import { actingForm } from './acting.js';
import { whyOf } from './entry.js';
import { listPage } from './list.js';
import { heldFor, isOfOtherRole, lockedPage, signInLink } from '../notices/locked.js';
import { openingForm } from './opening.js';
import { queuePage } from './queue.js';
import { refusalWordsOf, type RefusalWords } from './words/refusal-words.js';
import { ticketAddress } from './route.js';
import { ticketPage } from './ticket.js';
import type { ViewState, View } from './view.js';
import type { Words } from './words/words.js';
import { withinSentence } from '../../../../shared/vocabulary.js';

/** The skew of the clock above which the server corrects times, and the page shows a warning. */
const notableSkewMs = 2 * 60_000;

export const page = (shown: ViewState): TemplateResult => {
  const { view, words } = shown;
  const { say } = words;
  return html`
    <a class="skip" href="#main" @click=${focusMain}>${say('skip')}</a>
    <header class="banner">
      <p class="told" role="status">${view.announcement}</p>
      <p class="name">${say('name')}<span class="person">${view.current?.person ?? ''}</span></p>
      ${view.current ? syncLink(shown) : nothing}
    </header>
    <section aria-label=${say('notices')}>${banners(shown)}</section>
    <main id="main" tabindex="-1">${keyed(JSON.stringify(view.route), content(shown))}</main>
    ${view.current ? tabs(shown) : nothing}
  `;
};

const focusMain = (event: Event): void => {
  event.preventDefault();
  document.getElementById('main')?.focus();
};

const content = (shown: ViewState): TemplateResult => {
  const { view, words } = shown;
  const { route, current, tickets, queue } = view;
  const { say, commandName } = words;
  if (!current) return lockedPage(shown);
  const ticketOf = (ticketId: string) => tickets.find((ticket) => ticket.ticketId === ticketId);
  switch (route.page) {
    case 'list':
      return listPage(shown);
    case 'queue':
      return queuePage(shown, current);
    case 'new':
      return html`<h1 tabindex="-1">${commandName('open')}</h1>
        ${openingForm(shown, current, { submit: say('save'), cancel: '#', done: (queued) => shown.acts.open(queued) })}`;
    case 'ticket': {
      const ticket = ticketOf(route.ticketId);
      return ticket ? ticketPage(shown, ticket) : gone(words);
    }
    case 'act': {
      const ticket = ticketOf(route.ticketId);
      if (!ticket) return gone(words);
      return html`<h1 tabindex="-1">${commandName(route.type)}</h1>
        <p class="about">${words.titleOf(ticket)}</p>
        ${actingForm(shown, route.type, {
          person: current,
          cancel: ticketAddress(ticket.ticketId),
          done: (queued) => shown.acts.act(ticket, queued),
        })}`;
    }
    case 'mend': {
      const entry = queue.find(({ seq, refusal }) => seq === route.seq && refusal);
      if (!entry) return gone(words);
      return mending(shown, current, entry);
    }
  }
};

const mending = (shown: ViewState, person: Person, entry: View['queue'][number]): TemplateResult => {
  const { type } = entry.command;
  const { refusal } = entry;
  const { words } = shown;
  const done = (queued: Parameters<ViewState['acts']['correct']>[1]) => shown.acts.correct(entry, queued);
  const heading = html`<h1 tabindex="-1">
      ${words.say('correct')}: ${withinSentence(words.commandDone(type))}
    </h1>
    ${refusal ? whyOf(refusal, words) : nothing}`;
  if (type === 'start' || type === 'link') return gone(words);
  if (type === 'open') {
    return html`${heading}
    ${openingForm(shown, person, { submit: words.say('sendAgain'), cancel: '#file', done })}`;
  }
  return html`${heading} ${actingForm(shown, type, { person, cancel: '#file', done })}`;
};

const gone = ({ say }: Words): TemplateResult => html`
  <h1 tabindex="-1">${say('nothingHere')}</h1>
  <p class="empty">${say('gone')}</p>
  <p><a class="button" href="#">${say('allTickets')}</a></p>
`;

const nothingSent = ({ title, detail }: RefusalWords, words: Words): TemplateResult =>
  html`<div class="warning">
    <p><strong>${title}.</strong> ${detail} ${words.say('nothingLost')}</p>
    ${signInLink(words)}
  </div>`;

const banners = ({ view, words }: ViewState): TemplateResult => {
  const { sync, current, held } = view;
  return html`
    ${sync.kind === 'refused' && !isOfOtherRole(view) ? nothingSent(refusalWordsOf(sync.refusal, words.language), words) : nothing}
    ${current ? heldFor(held, words) : nothing}
    ${
      current && Math.abs(current.clockSkewMs ?? 0) > notableSkewMs
        ? html`<div class="warning quiet">
            <p>
              ${words.say('thisClock')} ${words.skewName(current.clockSkewMs ?? 0)}.
              ${words.say('clockCorrected')}
            </p>
          </div>`
        : nothing
    }
  `;
};

/** The state of the exchange with the server in a word or two, as a link to the queue. */
const syncLink = ({ view, words: { say, counted } }: ViewState): TemplateResult => {
  const refusedPhotos = view.photos.filter(({ refusal }) => refusal).length;
  const mine = waiting(view.queue).length + view.photos.length - refusedPhotos;
  const toMend = refused(view.queue).length + refusedPhotos;
  const parts = [
    ...(view.sync.kind === 'away' ? [say(view.online ? 'noAnswer' : 'offline')] : []),
    ...(view.sync.kind === 'signed-out' ? [say('notSignedIn')] : []),
    ...(toMend > 0 ? [counted(toMend, 'refused')] : []),
    ...(mine > 0 ? [counted(mine, 'waiting')] : []),
  ];
  const look = toMend > 0 ? 'bad' : parts.length > 0 ? 'waits' : 'fine';
  const shown = parts.length > 0 ? parts : [say('upToDate')];
  return html`<a class="sync ${look}" href="#file" data-state=${view.sync.kind}>
    <span class="dot"></span><span>${shown.map((part) => html`<span class="part">${part}</span> `)}</span>
  </a>`;
};

const tabs = ({ view: { route, queue, photos }, words: { say } }: ViewState): TemplateResult => {
  const kept = queue.length + photos.length;
  const tab = (
    page: View['route']['page'],
    { address, text, more }: { address: string; text: string; more?: string },
  ) =>
    html`<a href=${address} aria-current=${route.page === page ? 'page' : nothing}
      >${text}${more !== undefined ? html` <span class="count">${more}</span>` : ''}</a
    >`;
  return html`<nav class="tabs" aria-label=${say('pages')}>
    ${tab('list', { address: '#', text: say('tabTickets') })}
    ${tab('new', { address: '#nouveau', text: say('tabNew') })}
    ${tab('queue', { address: '#file', text: say('tabQueue'), more: kept > 0 ? String(kept) : undefined })}
  </nav>`;
};
