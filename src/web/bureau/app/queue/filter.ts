import { readReference } from '../../../../shared/ticket-reference.js';

/** The names of what a queue is filtered and sorted by, as the API and the page's address have them. */
const filterNames = [
  ...[
    'status',
    'establishment',
    'category',
    'priority',
    'team',
    'teams',
    'assignee',
    'unassigned',
    'requester',
  ],
  ...['watching', 'olderThan', 'openedFrom', 'openedTo', 'q', 'sort'],
] as const;
export type FilterName = (typeof filterNames)[number];

/** What the queue is filtered by: name and value, each a chip; `status` may repeat. */
export type Filter = readonly (readonly [name: FilterName, value: string])[];

/** The queue of an address that names no status: who wants all of them says `status=all`. */
const byDefault = 'active';
const everyStatus = 'all';

const isName = (name: string): name is FilterName => (filterNames as readonly string[]).includes(name);

/** The filter of an address; what an address has besides is nothing of a filter. */
export const filterOf = (search: string): Filter => {
  const written = [...new URLSearchParams(search)].flatMap(([name, value]) =>
    isName(name) && value !== '' ? [[name, value] as const] : [],
  );
  const status = written.some(([name]) => name === 'status') ? [] : [['status', byDefault] as const];
  return [...status, ...written.filter(([name, value]) => name !== 'status' || value !== everyStatus)];
};

/** The parameters of an address that `filterOf` makes the filter of. */
export const addressOf = (filter: Filter): URLSearchParams => {
  const statuses = valuesOf(filter, 'status');
  const isDefault = statuses.length === 1 && statuses[0] === byDefault;
  const others = filter.filter(([name]) => name !== 'status' || !isDefault);
  const every = statuses.length === 0 ? [['status', everyStatus] as const] : [];
  return parametersOf([...every, ...others]);
};

/** The parameters by which the API lists. */
export const queryOf = (filter: Filter): URLSearchParams => parametersOf(filter);

const parametersOf = (pairs: readonly (readonly [string, string])[]): URLSearchParams =>
  new URLSearchParams(pairs.map(([name, value]) => [name, value]));

export const valuesOf = (filter: Filter, name: FilterName): string[] =>
  filter.flatMap(([named, value]) => (named === name ? [value] : []));

export const valueOf = (filter: Filter, name: FilterName): string | undefined => valuesOf(filter, name)[0];

/** The filter with one value of that name, or with none for an empty one. */
export const filterWith = (filter: Filter, name: FilterName, value: string): Filter => {
  const excluded: Partial<Record<FilterName, FilterName>> = {
    assignee: 'unassigned',
    unassigned: 'assignee',
  };
  const others = filter.filter(
    ([named]) =>
      named !== name && (value === '' || named !== excluded[name]) && keepsSort(named, name, value),
  );
  return value === '' ? others : [...others, [name, value]];
};

/** What is searched for is sorted by how well it fits, and nothing else can be. */
const keepsSort = (named: FilterName, name: FilterName, value: string): boolean =>
  named !== 'sort' || name !== 'q' || value === '';

/**
 * The filter of a search: words are searched for among what the queue has; a reference is searched for everywhere, since whoever says
 * one on the telephone means that ticket, resolved or not.
 */
export const filterSearching = (filter: Filter, typed: string): Filter => {
  if (readReference(typed) !== undefined) return [['q', typed]];
  const others = filterWith(filter, 'q', typed);
  return others.length === 0 ? filterOf('') : others;
};

export const filterWithout = (filter: Filter, chip: Filter[number]): Filter =>
  filter.filter(([name, value]) => name !== chip[0] || value !== chip[1]);

type Written = string | number | boolean | null | undefined;

/** A view's filter, which the API answers as JSON. */
export const filterOfView = (view: { filter: object; sort: string | null }): Filter => {
  const pairs = Object.entries({ ...view.filter, sort: view.sort }) as [string, Written | Written[]][];
  return pairs.flatMap(([name, value]) =>
    isName(name) && value !== undefined && value !== null
      ? [value].flat().map((each) => [name, String(each)] as const)
      : [],
  );
};

/** A filter as a view keeps it. */
export const viewOfFilter = (filter: Filter): { filter: Record<string, unknown>; sort?: string } => {
  const sort = valueOf(filter, 'sort');
  const kept = filter.filter(([name]) => name !== 'sort' && name !== 'status');
  const statuses = valuesOf(filter, 'status');
  return {
    filter: { ...Object.fromEntries(kept), ...(statuses.length === 0 ? {} : { status: statuses }) },
    ...(sort === undefined ? {} : { sort }),
  };
};

/** Whether two filters say the same, in whatever order. */
export const isSameFilter = (one: Filter, other: Filter): boolean => written(one) === written(other);

const written = (filter: Filter): string =>
  filter
    .map(([name, value]) => `${name}=${value}`)
    .sort()
    .join('&');
