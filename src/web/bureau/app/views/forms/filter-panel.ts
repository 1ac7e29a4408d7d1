import { html, type TemplateResult } from 'lit-html';
import {
  activeNowLabel,
  categoryLabels,
  codesOf,
  priorityLabels,
  statusLabels,
} from '../../../../../shared/vocabulary.js';
import { filterWith, valueOf, type Filter, type FilterName } from '../../queue/filter.js';
import type { Shown } from '../../state.js';
import { namesIn, sayIn, type Say } from '../../words.js';
import { selectField, textField, valuesIn, type Choice, type Values } from './fields.js';

const daysOld = [1, 3, 7, 30];
const chosenBy: readonly FilterName[] = [
  'status',
  'establishment',
  'category',
  'priority',
  'olderThan',
  'watching',
];
const written: readonly FilterName[] = ['team', 'requester', 'openedFrom', 'openedTo'];

/** Everything that a queue can be filtered by, in one form. */
export const filterPanel = ({ state, acts }: Shown): TemplateResult => {
  const { filter, desk } = state;
  const say = sayIn(desk.language);
  const names = namesIn(desk.language);
  const any: Choice = { value: '', label: say('any') };
  const choice = (name: FilterName, label: string, choices: readonly Choice[]): TemplateResult =>
    selectField({ name, label, value: valueOf(filter, name) ?? '', choices: [any, ...choices] });
  const own = desk.establishments.filter(({ isOwn }) => isOwn);
  return html`<form
    class="filters"
    @submit=${(event: SubmitEvent) => {
      event.preventDefault();
      acts.filterBy(chosenFilter(filter, valuesIn(event.currentTarget as HTMLFormElement), say));
      acts.showPanel(undefined);
    }}
  >
    ${choice('status', say('status'), [
      { value: 'active', label: activeNowLabel[desk.language] },
      ...codesOf(statusLabels).map((value) => ({ value, label: names.status(value) })),
    ])}
    ${choice(
      'priority',
      say('priority'),
      codesOf(priorityLabels).map((value) => ({ value, label: `${value} · ${names.priority(value)}` })),
    )}
    ${choice(
      'category',
      say('category'),
      codesOf(categoryLabels).map((value) => ({ value, label: names.category(value) })),
    )}
    ${choice(
      'establishment',
      say('establishment'),
      own.map(({ code, name }) => ({ value: code, label: name })),
    )}
    ${textField({
      ...{ name: 'assignee', label: say('assignee'), value: assigneeText(filter, say) },
      options: [say('me'), say('nobody')],
    })}
    ${textField({ name: 'team', label: say('team'), value: valueOf(filter, 'team') })}
    ${textField({ name: 'requester', label: say('requester'), value: valueOf(filter, 'requester') })}
    ${choice(
      'olderThan',
      say('olderThan'),
      daysOld.map((days) => ({ value: String(days * 24), label: `${days * 24} h` })),
    )}
    ${choice('watching', say('watching'), [{ value: 'me', label: say('watchingMe') }])}
    ${day('openedFrom', say('openedFrom'), filter)} ${day('openedTo', say('openedTo'), filter)}
    <div class="end"><button>${say('filters')}</button></div>
  </form>`;
};

const assigneeText = (filter: Filter, say: Say): string => {
  if (valueOf(filter, 'unassigned') === 'true') return say('nobody');
  const assignee = valueOf(filter, 'assignee');
  return assignee === 'me' ? say('me') : (assignee ?? '');
};

/** The filter after the form; «nobody» and «me» are written as people read them. */
const chosenFilter = (filter: Filter, values: Values, say: Say): Filter => {
  const { assignee = '' } = values;
  const isNobody = assignee === say('nobody');
  const people: readonly (readonly [FilterName, string])[] = [
    ['unassigned', isNobody ? 'true' : ''],
    ['assignee', isNobody ? '' : assignee === say('me') ? 'me' : assignee],
  ];
  const others = [...chosenBy, ...written].map((name) => [name, values[name] ?? ''] as const);
  return [...others, ...people].reduce((made, [name, value]) => filterWith(made, name, value), filter);
};

const day = (name: FilterName, label: string, filter: Filter): TemplateResult =>
  html`<label class="field">
    <span>${label}</span>
    <input type="date" name=${name} .value=${valueOf(filter, name) ?? ''} />
  </label>`;
