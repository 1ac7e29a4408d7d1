import { fieldErrors } from '../../platform/field-errors.js';
import { DomainError, type FieldFault } from '../../shared/problems/domain-error.js';
import { activeStatuses } from '../../shared/vocabulary.js';
import { filterShape, listQuery, type ListQuery } from '../list/list.query.js';
import { parsedAsQuery, type SavedView } from './view.schema.js';

type Field = keyof typeof filterShape;
const fields = Object.keys(filterShape) as Field[];

/** The list that a view stands for. Throws `malformed` where a later version of the list would refuse it. */
export const queryOfView = (view: Omit<SavedView, 'name'>): ListQuery => {
  const { data } = parsedAsQuery(view);
  if (data) return data;
  const message = { fr: 'la liste ne connaît plus ce filtre', en: 'the list no longer knows this filter' };
  throw new DomainError('malformed', { errors: [{ pointer: '?view', message }] });
};

/**
 * The list by a view, narrowed by what else is asked for; `sort` takes the place of the view's. What the view itself filters by may be
 * asked for again, statuses and ages more narrowly; anything else would be another list than the view's, and is refused (`malformed`).
 */
export const narrowed = (view: ListQuery, { view: _view, ...sent }: ListQuery): ListQuery => {
  const errors: FieldFault[] = [];
  const both = Object.fromEntries(
    fields.map((field) => {
      const narrow = narrowing(view, sent, field);
      if (narrow === 'other') errors.push({ pointer: `?${field}`, message: filtersOtherwise });
      return [field, narrow === 'other' ? undefined : narrow.value];
    }),
  );
  if (errors.length > 0) throw new DomainError('malformed', { errors });
  const { data, error } = listQuery.safeParse({ ...sent, ...both, sort: sent.sort ?? view.sort });
  if (data) return data;
  const refused = fieldErrors(error.issues).map(({ pointer, message }) => ({
    pointer: pointer.replace(/^\//, '?'),
    message,
  }));
  throw new DomainError('malformed', { errors: refused });
};

const filtersOtherwise = { fr: 'la vue filtre déjà autrement', en: 'the view filters otherwise already' };

const narrowing = (view: ListQuery, sent: ListQuery, field: Field): { value: unknown } | 'other' => {
  const [own, asked] = [filtering(view, field), filtering(sent, field)];
  if (asked === undefined) return { value: own };
  if (own === undefined || own === asked) return { value: asked };
  if (field === 'status') return { value: statusesOfBoth(view, sent) };
  if (field === 'olderThan') return { value: Math.max(Number(own), Number(asked)) };
  return 'other';
};

/** The value by which a list filters; undefined where it lets everything pass. */
const filtering = (query: ListQuery, field: Field): ListQuery[Field] => {
  if (field === 'unassigned' && query.unassigned === 'false') return undefined;
  if (field !== 'basis') return query[field];
  const hasDays = query.openedFrom !== undefined || query.openedTo !== undefined;
  return query.basis ?? (hasDays ? 'site' : undefined);
};

const statusesOfBoth = (view: ListQuery, sent: ListQuery) => {
  const asked = new Set(statusesIn(sent));
  return statusesIn(view).filter((status) => asked.has(status));
};

const statusesIn = ({ status = [] }: ListQuery) =>
  [status].flat().flatMap((name) => (name === 'active' ? [...activeStatuses] : [name]));
