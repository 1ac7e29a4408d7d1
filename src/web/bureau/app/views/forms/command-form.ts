import { html, nothing, type TemplateResult } from 'lit-html';
import { commandVerbs } from '../../../../../shared/vocabulary.js';
import type { Ticket } from '../../api/answers.js';
import { formKey, type OpenForm, type Shown } from '../../state.js';
import { commandOf } from '../../tickets/written-command.js';
import { sayIn } from '../../words.js';
import { commandFields, formTicket } from './command-fields.js';
import { isFilledIn, valuesIn, type Values } from './fields.js';
import { canGoOn } from './other-ticket.js';

/** The form of a command, for the ticket beside the list or for the selected ones. */
export const commandForm = (shown: Shown, form: OpenForm): TemplateResult => {
  const { state, acts } = shown;
  const { desk, drafts, search } = state;
  const say = sayIn(desk.language);
  const ticket = formTicket(state, form);
  const values = drafts[formKey(form)] ?? (ticket ? startingValues(form, ticket) : {});
  const needsOther = form.type === 'merge' || form.type === 'link';
  const isReady = !needsOther || (search.chosen && (form.type === 'link' || canGoOn(search.chosen)));
  return html`<form
    class="command"
    name=${form.type}
    autocomplete="off"
    aria-label=${commandVerbs[form.type][desk.language]}
    @input=${(event: Event) => acts.draft(valuesIn(event.currentTarget as HTMLFormElement))}
    @submit=${(event: SubmitEvent) => {
      event.preventDefault();
      const written = event.currentTarget as HTMLFormElement;
      if (!isFilledIn(written, say('write'))) return;
      const command = commandOf(form.type, valuesIn(written), search.chosen?.ticketId);
      if (command) acts.give(command, form.ticketIds);
    }}
    @keydown=${(event: KeyboardEvent) => {
      if (event.key === 'Enter' && (event.ctrlKey || event.metaKey))
        (event.currentTarget as HTMLFormElement).requestSubmit();
    }}
  >
    <h3>${commandVerbs[form.type][desk.language]}</h3>
    ${fillButton(shown, form)} ${commandFields(shown, form, { values })}
    <div class="end">
      <button type="button" class="quiet" @click=${() => acts.leaveForm()}>${say('drop')}</button>
      <button ?disabled=${!isReady}>${commandVerbs[form.type][desk.language]}</button>
    </div>
  </form>`;
};

const startingValues = ({ type }: OpenForm, ticket: Ticket): Values => {
  if (type === 'assign') return { team: ticket.team ?? '', assignee: ticket.assignee ?? '' };
  if (type === 'requester')
    return { name: ticket.requester?.name ?? '', contact: ticket.requester?.contact ?? '' };
  return {};
};

/** Words for a note or a resolution that were written once; the server fills in what is of the ticket, so it takes one ticket. */
const fillButton = (
  { state, acts }: Shown,
  { type, ticketIds }: OpenForm,
): TemplateResult | typeof nothing => {
  if ((type !== 'note' && type !== 'resolve') || ticketIds.length !== 1) return nothing;
  return html`<button
    type="button"
    class="quiet small fill"
    @click=${() => acts.templates.choose('fill', ticketIds)}
  >
    ${sayIn(state.desk.language)('fillFromTemplate')}
  </button>`;
};
