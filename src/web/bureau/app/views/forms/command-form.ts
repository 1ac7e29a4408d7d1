import { html, nothing, type TemplateResult } from 'lit-html';
import {
  categoryLabels,
  codesOf,
  commandVerbs,
  holdReasonLabels,
  isActiveStatus,
  priorityLabels,
  resolutionLabels,
} from '../../../../../shared/vocabulary.js';
import type { Ticket } from '../../api/answers.js';
import { formKey, openTicketIn, ticketIn, type OpenForm, type Shown, type State } from '../../state.js';
import { commandOf } from '../../tickets/written-command.js';
import { namesIn, relations, sayIn } from '../../words.js';
import {
  checkField,
  isFilledIn,
  selectField,
  textArea,
  textField,
  valuesIn,
  type Choice,
  type Values,
} from './fields.js';
import { canGoOn, mergePreview, otherTicket } from './other-ticket.js';

const choicesOf = (codes: readonly string[], name: (code: string) => string): Choice[] =>
  codes.map((value) => ({ value, label: name(value) }));

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
    ${fields(shown, form, values)}
    <div class="end">
      <button type="button" class="quiet" @click=${() => acts.leaveForm()}>${say('drop')}</button>
      <button ?disabled=${!isReady}>${commandVerbs[form.type][desk.language]}</button>
    </div>
  </form>`;
};

const formTicket = (state: State, { ticketIds }: OpenForm): Ticket | undefined => {
  const [only, ...others] = ticketIds;
  if (only === undefined || others.length > 0) return undefined;
  return state.open?.ticketId === only ? openTicketIn(state) : ticketIn(state, only);
};

/** Whether the ticket beside the list is an incident that others still wait under. */
const hasActiveChildren = ({ open }: State, { ticketIds: [only, ...others] }: OpenForm): boolean =>
  open !== undefined &&
  open.ticketId === only &&
  others.length === 0 &&
  open.children.some(({ status }) => isActiveStatus(status));

const startingValues = ({ type }: OpenForm, ticket: Ticket): Values => {
  if (type === 'assign') return { team: ticket.team ?? '', assignee: ticket.assignee ?? '' };
  if (type === 'requester')
    return { name: ticket.requester?.name ?? '', contact: ticket.requester?.contact ?? '' };
  return {};
};

const fields = (shown: Shown, form: OpenForm, values: Values): TemplateResult | typeof nothing => {
  const { state } = shown;
  const { language } = state.desk;
  const say = sayIn(language);
  const names = namesIn(language);
  switch (form.type) {
    case 'assign':
      return html`${textField({
        ...{ name: 'assignee', label: say('assignee'), value: values.assignee, isFirst: true },
        options: known(state, 'assignee'),
      })}
      ${textField({ name: 'team', label: say('team'), value: values.team, options: known(state, 'team') })}`;
    case 'hold':
      return html`${selectField({
        ...{ name: 'reason', label: say('waitsFor'), value: values.reason, required: true, isFirst: true },
        choices: choicesOf(codesOf(holdReasonLabels), names.holdReason),
      })}
      ${textArea({ name: 'note', label: say('optionalNote'), value: values.note })}`;
    case 'note':
      return html`${textArea({
        ...{ name: 'body', label: say('note'), value: values.body, required: true, isFirst: true },
      })}
      ${checkField({ name: 'internal', label: say('internal'), value: values.internal })}`;
    case 'resolve':
      return html`${selectField({
        ...{ name: 'code', label: say('resolution'), value: values.code, required: true, isFirst: true },
        choices: choicesOf(codesOf(resolutionLabels), names.resolution),
      })}
      ${textArea({ name: 'note', label: say('note'), value: values.note, required: true })}
      ${hasActiveChildren(state, form) ? checkField({ name: 'cascade', label: say('cascade'), value: values.cascade }) : nothing}`;
    case 'reopen':
    case 'cancel':
      return textArea({
        ...{ name: 'reason', label: say('reason'), value: values.reason, required: true, isFirst: true },
        maxLength: 2_000,
      });
    case 'merge':
      return html`${otherTicket(shown)} ${mergePreview(shown, form)}`;
    case 'link':
      return html`${otherTicket(shown)}
      ${selectField({
        ...{ name: 'relation', label: say('relation'), value: values.relation, required: true },
        choices: choicesOf(relations, names.relation),
      })}`;
    case 'transfer':
      return transferFields(shown, form, values);
    case 'recategorize':
      return selectField({
        ...{ name: 'category', label: say('category'), value: values.category, isFirst: true },
        choices: choicesOf(codesOf(categoryLabels), names.category),
      });
    case 'reprioritize':
      return selectField({
        ...{ name: 'priority', label: say('priority'), value: values.priority, isFirst: true },
        choices: choicesOf(codesOf(priorityLabels), (code) => `${code} · ${names.priority(code)}`),
      });
    case 'requester':
      return html`${textField({
        ...{ name: 'name', label: say('requester'), value: values.name, maxLength: 120, isFirst: true },
      })}
      ${textField({ name: 'contact', label: say('contact'), value: values.contact, maxLength: 200 })}`;
    case 'start':
    case 'close':
    case 'watch':
    case 'unwatch':
      return nothing;
  }
};

/** The names that listed tickets have: nobody keeps a list of the people of a help desk. */
const known = ({ known: tickets, desk }: State, field: 'assignee' | 'team'): string[] => {
  const names = [...tickets.values()].flatMap((ticket) => ticket[field] ?? []);
  return [...new Set([...(field === 'assignee' ? [desk.person] : []), ...names])].sort();
};

const transferFields = ({ state }: Shown, form: OpenForm, values: Values): TemplateResult => {
  const { desk } = state;
  const say = sayIn(desk.language);
  const at = formTicket(state, form)?.establishment;
  const places = desk.establishments.flatMap(({ code, name, sites }) => [
    ...(code === at ? [] : [{ value: code, label: name }]),
    ...sites.map((site) => ({ value: `${code}/${site.code}`, label: `${name} – ${site.name}` })),
  ]);
  const [chosen] = (values.place ?? places[0]?.value ?? '').split('/');
  const isOwn = desk.establishments.some(({ code, isOwn: own }) => code === chosen && own);
  return html`${selectField({
    ...{ name: 'place', label: say('target'), value: values.place, required: true, isFirst: true },
    choices: places,
  })}
  ${isOwn ? nothing : html`<p class="caution">${say('transferHint')}</p>`}`;
};
