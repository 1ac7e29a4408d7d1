import { html, nothing, type TemplateResult } from 'lit-html';
import { keyed } from 'lit-html/directives/keyed.js';
import { openTicketIn, type Shown, type State } from '../state.js';
import { referenceOf } from '../../../../shared/ticket-reference.js';
import { momentOf } from '../moments.js';
import { namesIn, sayIn } from '../words.js';
import { banner } from './banner.js';
import { panel } from './panels.js';
import { queue } from './queue.js';
import { ticketPane } from './ticket/ticket.js';
import { queueName, views } from './views.js';

export const pageTitle = (state: State): string => {
  const say = sayIn(state.desk.language);
  const ticket = openTicketIn(state);
  const shown = ticket
    ? `${referenceOf(ticket.ticketId)} ${namesIn(state.desk.language).title(ticket.title)}`
    : queueName(state);
  return `${shown} – ${say('desk')}`;
};

/** The whole page: queues, list and ticket side by side; where there is no room, the ticket takes the place of the list. */
export const page = (shown: Shown): TemplateResult => {
  const { state } = shown;
  const say = sayIn(state.desk.language);
  return html`
    <a class="skip" href="#list">${say('skip')}</a>
    ${banner(shown)} ${connection(shown)} ${troubles(shown)} ${conflictsElsewhere(shown)}
    <main class="desk" data-open=${state.open ? 'ticket' : 'list'}>
      <h1 class="unseen">${say('desk')}</h1>
      ${views(shown)} ${queue(shown)} ${ticketPane(shown)}
    </main>
    <div role="status" aria-live="polite">${told(shown)}</div>
    ${panel(shown)}
  `;
};

/** Made anew each time, so that it is read out and seen also where the same was said before. */
const told = ({ state }: Shown) => {
  const { text, number } = state.announcement;
  return text === '' ? nothing : keyed(number, html`<p class="told">${text}</p>`);
};

const connection = ({ state }: Shown): TemplateResult | typeof nothing => {
  const { connection: status, readAt, now, desk } = state;
  const say = sayIn(desk.language);
  if (status === 'away') {
    const from = readAt === undefined ? '' : ` ${say('shownAsOf')} ${momentOf(readAt, now, desk.language)}.`;
    return html`<p class="notice away" role="alert">${say('away')}${from}</p>`;
  }
  if (status !== 'signed-out') return nothing;
  const returnTo = new URLSearchParams({ returnTo: location.pathname + location.search });
  return html`<p class="notice away" role="alert">
    ${say('signedOut')}
    <a href="/sign-in?${returnTo.toString()}" target="_blank" rel="noopener">${say('signIn')}</a>
  </p>`;
};

const troubles = ({ state, acts }: Shown): TemplateResult[] => {
  const say = sayIn(state.desk.language);
  return state.troubles.map(
    (trouble) =>
      html`<div class="notice trouble" role="alert">
        <p>
          ${trouble.ticketId === undefined ? nothing : html`<b class="reference">${referenceOf(trouble.ticketId)}</b>`}
          <strong>${trouble.title}</strong> ${trouble.detail}
        </p>
        <button class="quiet" @click=${() => acts.dismiss(trouble)}>${say('dismiss')}</button>
      </div>`,
  );
};

/** Conflicts of tickets that are not open are solved where these are opened. */
const conflictsElsewhere = ({ state, acts }: Shown): TemplateResult[] => {
  const say = sayIn(state.desk.language);
  return state.conflicts
    .filter(({ pending }) => pending.ticketId !== state.open?.ticketId)
    .map(
      ({ pending: { ticketId } }) =>
        html`<div class="notice" role="alert">
          <p><b class="reference">${referenceOf(ticketId)}</b> ${say('conflict')}</p>
          <button @click=${() => acts.open(ticketId)}>${say('see')}</button>
        </div>`,
    );
};
