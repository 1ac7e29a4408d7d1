import { html, nothing, type TemplateResult } from 'lit-html';
import { referenceOf } from '../../../../shared/ticket-reference.js';
import { commandVerbs } from '../../../../shared/vocabulary.js';
import { ticketIn, type Shown, type State } from '../state.js';
import { bulkTypes, isOffered, type CommandType } from '../tickets/command.js';
import type { PendingBulk } from '../tickets/pending.js';
import { sayIn } from '../words.js';
import { commandForm } from './forms/command-form.js';

/** What can be done to the selected tickets together, and what waits to be sent. */
export const bulkBar = (shown: Shown): TemplateResult | typeof nothing => {
  const { state, acts } = shown;
  const { bulk, selected, desk, form } = state;
  const say = sayIn(desk.language);
  // What waits for the open ticket alone stands in the ticket.
  if (bulk?.ticketIds.length === 1 && bulk.ticketIds[0] === state.open?.ticketId) return nothing;
  if (bulk) return waitingBulk(shown, bulk);
  if (selected.size === 0) return nothing;
  const ids = [...selected];
  const verb = (type: CommandType): TemplateResult =>
    html`<button class="small" @click=${() => acts.giveOrAsk(type, ids)}>
      ${commandVerbs[type][desk.language]}
    </button>`;
  return html`<section class="bulk" aria-label=${say('selected')}>
    <p>
      <b>${selected.size}</b> ${say(selected.size > 1 ? 'selected' : 'selectedOne')}
      <button class="quiet small" @click=${() => acts.toggleNone()}>${say('deselect')}</button>
    </p>
    <div class="verbs">
      <button class="small" @click=${() => acts.give({ type: 'assign', assignee: desk.person }, ids)}>
        ${say('take')}
      </button>
      ${bulkTypes.filter((type) => isOfferedBySome(state, ids, type)).map(verb)}
      <button class="small" @click=${() => acts.templates.choose('apply', ids)}>
        ${say('applyTemplate')}
      </button>
    </div>
    ${form && form.ticketIds.length > 1 ? commandForm(shown, form) : nothing}
  </section>`;
};

/** Those that do not take it are refused one by one; what none of them takes is not offered. */
const isOfferedBySome = (state: State, ids: readonly string[], type: CommandType): boolean =>
  ids.some((id) => {
    const ticket = ticketIn(state, id);
    return ticket !== undefined && isOffered(ticket, type);
  });

/** What waits to be sent, with its way back. */
export const waitingBulk = ({ state, acts }: Shown, bulk: PendingBulk): TemplateResult => {
  const say = sayIn(state.desk.language);
  const [only, ...others] = bulk.ticketIds;
  const waiting = state.bulksWaiting.length;
  const isOne = only !== undefined && others.length === 0;
  const what = `${bulk.work.name}: ${isOne ? referenceOf(only) : bulk.ticketIds.length}`;
  return html`<section class="bulk waiting" aria-label=${what}>
    <p role="status">
      <b>${what}</b>
      ${bulk.state === 'sending' ? say('sending') : bulk.state === 'held' ? say('notSent') : ''}
      ${waiting === 0 ? nothing : html`<span class="hint">+ ${waiting} ${say('follows')}</span>`}
    </p>
    ${
      bulk.state === 'undoable'
        ? html`<div class="verbs">
            <button class="undo" @click=${() => acts.undoBulk()}>
              ${say('undo')} <kbd aria-hidden="true">z</kbd>
            </button>
            <button class="quiet" @click=${() => acts.sendBulk()}>${say('sendNow')}</button>
          </div>`
        : nothing
    }
  </section>`;
};
