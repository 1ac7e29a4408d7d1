import { z } from 'zod';
import { line } from '../../platform/text-schema.js';
import { statuses } from '../../tickets/index.js';
import { filterShape, listQuery, sortSchema } from '../list/list.query.js';

const status = z.enum([...statuses, 'active']);

/** The filter of a list as JSON, which has truth values and numbers where a query has only text. */
const viewFilter = z.strictObject({
  ...filterShape,
  status: z
    .union([
      status,
      z
        .array(status)
        .min(1)
        .max(statuses.length + 1),
    ])
    .optional()
    .describe('One or more; active stands for open, in-progress and waiting'),
  unassigned: z
    .union([z.boolean(), z.enum(['true', 'false'])])
    .optional()
    .describe('true: those that no person has; not with assignee'),
  olderThan: z
    .union([
      z.number(),
      z
        .string()
        .regex(/^\d{1,6}$/)
        .transform(Number),
    ])
    .optional()
    .describe('Opened more than so many hours ago'),
});

/** What a view says of a list. */
export interface SavedView {
  name: string;
  filter: z.output<typeof viewFilter>;
  sort?: z.output<typeof sortSchema> | undefined;
}

/** The view as the query of a list. */
const asQuery = ({ filter, sort }: Omit<SavedView, 'name'>): Record<string, unknown> => {
  const { unassigned, ...others } = filter;
  return {
    ...others,
    ...(unassigned === undefined ? {} : { unassigned: String(unassigned) }),
    ...(sort === undefined ? {} : { sort }),
  };
};

/** The view as the list understands it, by the schema of its own query: a view holds nothing that the list would refuse. */
export const parsedAsQuery = (view: Omit<SavedView, 'name'>) => listQuery.safeParse(asQuery(view));

const shared = z
  .enum(['me', 'team'])
  .describe(
    'team: whoever has a role of yours and reads every establishment of yours, or the one it filters by',
  );

export const viewBody = z
  .strictObject({
    name: line(120),
    filter: viewFilter.describe('What GET /v1/tickets takes as parameters'),
    sort: sortSchema.optional(),
    shared: shared.default('me'),
  })
  // A transformation is for what has no fault by itself: whether fields go together is told only then.
  .transform((view, context) => {
    for (const { path, message } of parsedAsQuery(view).error?.issues ?? [])
      context.addIssue({ code: 'custom', path: path[0] === 'sort' ? path : ['filter', ...path], message });
    return view;
  });
export type ViewBody = z.output<typeof viewBody>;

export const viewSchema = z
  .object({
    id: z.string().describe('A UUID; of a built-in queue its name, which stays'),
    name: z.string(),
    filter: viewFilter,
    sort: sortSchema.nullable(),
    shared,
    builtIn: z.boolean().describe('Everybody has it, and nobody changes it'),
    mine: z.boolean().describe('You may change and delete it'),
    author: z.string().nullable().describe('Who made it; null for built-in queues'),
    revision: z.int().nullable().describe('As in ETag; null for built-in queues'),
    updatedAt: z.iso.datetime().nullable(),
    count: z
      .int()
      .nullable()
      .optional()
      .describe('With counts=true: how many tickets the list by it gives you; null where it would refuse'),
  })
  .meta({ id: 'View' });
export type ViewAnswer = z.output<typeof viewSchema>;
