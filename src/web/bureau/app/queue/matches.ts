import { isActiveStatus } from '../../../../shared/vocabulary.js';
import type { Ticket } from '../api/answers.js';
import { valuesOf, type Filter, type FilterName } from './filter.js';

/** Who looks at a queue, and when: «me», «mine» and ages are theirs. */
interface Asker {
  person: string;
  /** Undefined while they are not known. */
  teams: readonly string[] | undefined;
  now: number;
}

type Rule = (ticket: Ticket, value: string, asker: Asker) => boolean | undefined;

const hourMs = 3_600_000;
/** What only the server can say: it has the words of all texts, who watches, and the days of every zone. */
const unknown: Rule = () => undefined;
const equals =
  (field: 'establishment' | 'category' | 'priority' | 'team'): Rule =>
  (ticket, value) =>
    ticket[field] === value;

const rules: Readonly<Record<FilterName, Rule>> = {
  status: ({ status }, value) => (value === 'active' ? isActiveStatus(status) : status === value),
  establishment: equals('establishment'),
  category: equals('category'),
  priority: equals('priority'),
  team: equals('team'),
  teams: ({ team }, _mine, { teams }) => (team === null ? false : teams?.includes(team)),
  assignee: ({ assignee }, value, { person }) => assignee === (value === 'me' ? person : value),
  unassigned: ({ assignee }, value) => value !== 'true' || assignee === null,
  olderThan: ({ openedAt }, value, { now }) => Date.parse(openedAt) < now - Number(value) * hourMs,
  requester: unknown,
  watching: unknown,
  openedFrom: unknown,
  openedTo: unknown,
  q: unknown,
  sort: () => true,
};

/** Whether a ticket belongs to a queue, as far as this page can tell; undefined where only the server can. */
export const matches = (ticket: Ticket, filter: Filter, asker: Asker): boolean | undefined => {
  const names = [...new Set(filter.map(([name]) => name))];
  const results = names.map((name) => {
    const each = valuesOf(filter, name).map((value) => rules[name](ticket, value, asker));
    return each.includes(true) ? true : each.includes(undefined) ? undefined : false;
  });
  if (results.includes(false)) return false;
  return results.includes(undefined) ? undefined : true;
};
