import { html, nothing, type TemplateResult } from 'lit-html';
import { locales } from '../../../../../shared/text/text.js';
import { referenceOf } from '../../../../../shared/ticket-reference.js';
import { commandVerbs } from '../../../../../shared/vocabulary.js';
import type { Ticket } from '../../api/answers.js';
import { openTicketIn, type OpenTicket, type Shown, type State } from '../../state.js';
import { isOffered, type CommandType } from '../../tickets/command.js';
import { namesIn, sayIn } from '../../words.js';
import { waitingBulk } from '../bulk-bar.js';
import { attachments } from './attachments.js';
import { commandForm } from '../forms/command-form.js';
import { conflicts } from './conflicts.js';
import { facts } from './facts.js';
import { history } from './history.js';

/** The commands that stand in sight, and those behind «more». */
const inSight: readonly CommandType[] = ['start', 'note', 'resolve', 'hold', 'close', 'reopen'];
const others: readonly CommandType[] = [
  'assign',
  'transfer',
  'merge',
  'link',
  'requester',
  'watch',
  'unwatch',
  'cancel',
];

/** The ticket beside the list. */
export const ticketPane = (shown: Shown): TemplateResult => {
  const { state } = shown;
  const { open, desk } = state;
  const say = sayIn(desk.language);
  const ticket = openTicketIn(state);
  if (!open)
    return html`<section class="ticket none" aria-label=${say('noTicket')}>
      <p class="big">${say('noTicket')}</p>
      <p>${say('noTicketHint')}</p>
    </section>`;
  return html`<section class="ticket" aria-labelledby="ticket-title" data-ticket=${open.ticketId}>
    ${head(shown, open.ticketId, ticket)}
    ${
      open.problem !== undefined
        ? html`<p class="empty" role="alert">${open.problem}</p>`
        : ticket
          ? body(shown, open, ticket)
          : html`<p class="empty">${say('reading')}</p>`
    }
  </section>`;
};

const head = ({ state, acts }: Shown, ticketId: string, ticket: Ticket | undefined): TemplateResult => {
  const say = sayIn(state.desk.language);
  const names = namesIn(state.desk.language);
  const isHeld = state.pending.some((each) => each.isHeld && each.ticketId === ticketId);
  return html`<div class="top">
      <p>
        <b class="reference">${referenceOf(ticketId)}</b>
        ${
          ticket
            ? html`<span class="level ${ticket.priority}">${ticket.priority}</span>
                <span class="state ${ticket.status}">${names.status(ticket.status)}</span>`
            : nothing
        }
        ${isHeld ? html`<span class="mark">${say('notSent')}</span>` : nothing}
      </p>
      <button class="quiet small" @click=${() => acts.close()}>
        ${say('close')} <kbd aria-hidden="true">Esc</kbd>
      </button>
    </div>
    <p role="status" class="changed">
      ${state.open?.changedBy === undefined ? nothing : html`<b>${state.open.changedBy}</b> ${say('justChanged')}.`}
    </p>
    <p role="status" class="others">${othersText(state)}</p>
    <h2 id="ticket-title" tabindex="-1">${ticket ? names.title(ticket.title) : referenceOf(ticketId)}</h2>`;
};

/** Read out where it changes, when whoever reads has a moment. */
const othersText = ({ others, desk }: State): TemplateResult | typeof nothing => {
  if (others.length === 0) return nothing;
  const names = new Intl.ListFormat(locales[desk.language]).format(others);
  return html`<b>${names}</b> ${sayIn(desk.language)(others.length > 1 ? 'lookToo' : 'looksToo')}`;
};

const body = (shown: Shown, open: OpenTicket, ticket: Ticket): TemplateResult => {
  const { state } = shown;
  const { form } = state;
  const isForm = form?.ticketIds.length === 1 && form.ticketIds[0] === open.ticketId;
  return html`
    ${conflicts(shown, open.ticketId)} ${waitingHere(shown, open.ticketId)} ${commands(shown, ticket)}
    ${isForm ? commandForm(shown, form) : nothing}
    ${ticket.description ? html`<p class="prose description">${ticket.description}</p>` : nothing}
    ${facts(shown, ticket)} ${attachments(shown, open)} ${history(shown, open)}
  `;
};

const commands = ({ state, acts }: Shown, ticket: Ticket): TemplateResult | typeof nothing => {
  const { desk } = state;
  const say = sayIn(desk.language);
  const isWatching = watches(state);
  const offered = (types: readonly CommandType[]) =>
    types.filter((type) => isOffered(ticket, type) && type !== (isWatching ? 'watch' : 'unwatch'));
  const ids = [ticket.ticketId];
  const give = (type: CommandType) => {
    if (type === 'watch' || type === 'unwatch') acts.give({ type }, ids);
    else acts.giveOrAsk(type, ids);
  };
  if (ticket.status === 'merged') return nothing;
  const isMine = ticket.assignee === desk.person;
  return html`<div class="verbs">
    ${
      isMine
        ? nothing
        : html`<button class="take" @click=${() => acts.give({ type: 'assign', assignee: desk.person }, ids)}>
            ${say('take')}
          </button>`
    }
    ${offered(inSight).map(
      (type) =>
        html`<button
          class=${type === 'resolve' && isMine ? 'main' : ''}
          aria-expanded=${state.form?.type === type ? 'true' : nothing}
          @click=${() => give(type)}
        >
          ${commandVerbs[type][desk.language]}
        </button>`,
    )}
    <button @click=${() => acts.templates.choose('apply', ids)}>${say('applyTemplate')}</button>
    <details
      class="more"
      @focusout=${(event: FocusEvent) => {
        const menu = event.currentTarget as HTMLElement;
        if (!menu.contains(event.relatedTarget as Node | null)) menu.removeAttribute('open');
      }}
    >
      <summary>${say('otherCommands')}</summary>
      <div>
        ${offered(others).map(
          (type) =>
            html`<button
              class="quiet"
              @click=${(event: Event) => {
                (event.currentTarget as HTMLElement).closest('details')?.removeAttribute('open');
                give(type);
              }}
            >
              ${commandVerbs[type][desk.language]}
            </button>`,
        )}
      </div>
    </details>
  </div>`;
};

/** What waits for this ticket alone stands in it: where there is room for one thing, the list is out of sight. */
const waitingHere = (shown: Shown, ticketId: string): TemplateResult | typeof nothing => {
  const { bulk } = shown.state;
  return bulk?.ticketIds.length === 1 && bulk.ticketIds[0] === ticketId ? waitingBulk(shown, bulk) : nothing;
};

/** Whether this person watches the open ticket, as far back as its history was read. */
const watches = ({ open, desk }: State): boolean =>
  open?.history.find(
    ({ type, actor }) => actor === desk.person && (type === 'TicketWatched' || type === 'TicketUnwatched'),
  )?.type === 'TicketWatched';
