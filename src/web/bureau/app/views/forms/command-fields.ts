import { html, nothing, type TemplateResult } from 'lit-html';
import {
  categoryLabels,
  codesOf,
  holdReasonLabels,
  isActiveStatus,
  priorityLabels,
  resolutionLabels,
} from '../../../../../shared/vocabulary.js';
import type { Ticket } from '../../api/answers.js';
import { openTicketIn, ticketIn, type OpenForm, type Shown, type State } from '../../state.js';
import { namesIn, relations, sayIn } from '../../words.js';
import {
  checkField,
  selectField,
  textArea,
  textField,
  type Choice,
  type Field,
  type Values,
} from './fields.js';
import { mergePreview, otherTicket } from './other-ticket.js';

const choicesOf = (codes: readonly string[], name: (code: string) => string): Choice[] =>
  codes.map((value) => ({ value, label: name(value) }));

/** What stands in the fields of a command. */
export interface Written {
  values: Values;
  /** What is wrong with each. */
  faults?: Values;
  /** Tells fields of one name apart, where several commands stand in one form. */
  scope?: string;
}

export const formTicket = (state: State, { ticketIds }: OpenForm): Ticket | undefined => {
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

/** The fields of a command. */
export const commandFields = (
  shown: Shown,
  form: OpenForm,
  { values, faults = {}, scope }: Written,
): TemplateResult | typeof nothing => {
  const { state } = shown;
  const { language } = state.desk;
  const say = sayIn(language);
  const names = namesIn(language);
  const field = (name: string, label: string) => ({
    ...{ name, label, value: values[name], fault: faults[name], scope },
  });
  switch (form.type) {
    case 'assign':
      return html`${textField({
        ...field('assignee', say('assignee')),
        isFirst: true,
        options: knownNames(state, 'assignee'),
      })}
      ${textField({ ...field('team', say('team')), options: knownNames(state, 'team') })}`;
    case 'hold':
      return html`${selectField({
        ...field('reason', say('waitsFor')),
        required: true,
        isFirst: true,
        choices: choicesOf(codesOf(holdReasonLabels), names.holdReason),
      })}
      ${textArea(field('note', say('optionalNote')))}`;
    case 'note':
      return html`${textArea({
        ...field('body', say('note')),
        required: true,
        isFirst: true,
      })}
      ${checkField(field('internal', say('internal')))}`;
    case 'resolve':
      return html`${selectField({
        ...field('code', say('resolution')),
        required: true,
        isFirst: true,
        choices: choicesOf(codesOf(resolutionLabels), names.resolution),
      })}
      ${textArea({ ...field('note', say('note')), required: true })}
      ${hasActiveChildren(state, form) ? checkField(field('cascade', say('cascade'))) : nothing}`;
    case 'reopen':
    case 'cancel':
      return textArea({
        ...field('reason', say('reason')),
        required: true,
        isFirst: true,
        maxLength: 2_000,
      });
    case 'merge':
      return html`${otherTicket(shown)} ${mergePreview(shown, form)}`;
    case 'link':
      return html`${otherTicket(shown)}
      ${selectField({
        ...field('relation', say('relation')),
        required: true,
        choices: choicesOf(relations, names.relation),
      })}`;
    case 'transfer':
      return transferFields(shown, form, field('place', say('target')));
    case 'recategorize':
      return selectField({
        ...field('category', say('category')),
        isFirst: true,
        choices: choicesOf(codesOf(categoryLabels), names.category),
      });
    case 'reprioritize':
      return selectField({
        ...field('priority', say('priority')),
        isFirst: true,
        choices: choicesOf(codesOf(priorityLabels), (code) => `${code} · ${names.priority(code)}`),
      });
    case 'requester':
      return html`${textField({
        ...field('name', say('requester')),
        maxLength: 120,
        isFirst: true,
      })}
      ${textField({ ...field('contact', say('contact')), maxLength: 200 })}`;
    case 'start':
    case 'close':
    case 'watch':
    case 'unwatch':
      return nothing;
  }
};

/** The names that listed tickets have: nobody keeps a list of the people of a help desk. */
export const knownNames = ({ known: tickets, desk, teams }: State, field: 'assignee' | 'team'): string[] => {
  const names = [...tickets.values()].flatMap((ticket) => ticket[field] ?? []);
  return [...new Set([...(field === 'assignee' ? [desk.person] : (teams ?? [])), ...names])].sort();
};

const transferFields = ({ state }: Shown, form: OpenForm, field: Field): TemplateResult => {
  const { desk } = state;
  const say = sayIn(desk.language);
  const at = formTicket(state, form)?.establishment;
  const places = desk.establishments.flatMap(({ code, name, sites }) => [
    ...(code === at ? [] : [{ value: code, label: name }]),
    ...sites.map((site) => ({ value: `${code}/${site.code}`, label: `${name} – ${site.name}` })),
  ]);
  const [chosen] = (field.value ?? places[0]?.value ?? '').split('/');
  const isOwn = desk.establishments.some(({ code, isOwn: own }) => code === chosen && own);
  return html`${selectField({
    ...{ ...field, required: true, isFirst: true, choices: places },
  })}
  ${isOwn ? nothing : html`<p class="caution">${say('transferHint')}</p>`}`;
};
