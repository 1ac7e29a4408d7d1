import { z } from 'zod';
import type { AsOfRequest } from '../../billets-quotidiens/index.js';
import { cursorInstantSchema, pagingQuery, readCursor, writeCursor } from '../../platform/http/paging.js';
import { cursorPositionSchema } from '../../platform/positions.js';
import { bilingual } from '../../shared/text/bilingual.js';
import { line } from '../../platform/text-schema.js';
import { instant } from '../../shared/instant.js';
import { categories } from '../../tickets/domain/ticket.events.js';
import type { KnownAt, KnownOfReports } from '../queries/known-of-reports.js';
import { parts, partsOf, type Part, type Report } from '../report.js';
import type { Narrowing } from '../sql/chosen-tickets.js';
import { checked, malformed, selectionQuery, type Days } from './reports.query.js';

/** What the tickets of a report are narrowed to, and where a page of them begins. */
export const narrowingShape = {
  team: line(100).optional(),
  withoutTeam: z.enum(['true', 'false']).optional().describe('true: those without a team; not with team'),
  category: z.enum(categories).optional(),
  part: z
    .enum(parts as [Part, ...Part[]])
    .optional()
    .describe(
      'responses: answered, unanswered; ageing: a class of ages; reopened: reopened, kept; all of them unless told',
    ),
  ...pagingQuery,
};
type NarrowingQuery = z.output<z.ZodObject<typeof narrowingShape>>;

const isOneTeam = ({ team, withoutTeam }: Pick<NarrowingQuery, 'team' | 'withoutTeam'>): boolean =>
  team === undefined || withoutTeam !== 'true';
const notBothTeams = {
  path: ['withoutTeam'],
  error: () => bilingual({ fr: 'sans «team» seulement', en: 'without «team» only' }),
};

/** Adds what holds of the parameters together. */
export const checkedNarrowing = <
  Schema extends z.ZodType<Days & AsOfRequest & Pick<NarrowingQuery, 'team' | 'withoutTeam'>>,
>(
  schema: Schema,
): Schema => checked(schema).refine(isOneTeam, notBothTeams);

/** What the tickets behind a report are asked by, in whatever form they are wanted. */
export const narrowedQuery = checkedNarrowing(selectionQuery.extend(narrowingShape));

/** Throws `malformed` for a part of another report. */
export const narrowingOf = (
  report: Report,
  { team, withoutTeam, category, part }: Omit<NarrowingQuery, 'cursor' | 'limit'>,
): Omit<Narrowing, 'nowAt'> => {
  if (part !== undefined && !(partsOf[report] as readonly Part[]).includes(part))
    throw malformed('?part', { fr: `pas pour «${report}»`, en: `not for «${report}»` });
  return {
    ...(withoutTeam === 'true' ? { team: null } : team === undefined ? {} : { team }),
    ...(category === undefined ? {} : { category }),
    ...(part === undefined ? {} : { part }),
  };
};

/** A cursor. Every page shows what was known when the first was read, ages included, so that the pages add up to the group. */
const cursorSchema = z.strictObject({
  after: cursorPositionSchema,
  known: cursorPositionSchema,
  at: cursorInstantSchema,
});

/** What was known then, from after this ticket on. */
export interface TicketsPlace extends KnownAt {
  position: bigint;
  after: bigint;
}

export const ticketsCursor = ({ after, position, at }: TicketsPlace): string =>
  writeCursor({ after: String(after), known: String(position), at });

/** Where a page begins: at its cursor, or at the first ticket of what is known. Throws `malformed`, and `not-known-yet`. */
export const ticketsPlaceOf = async (
  known: KnownOfReports,
  query: AsOfRequest & { cursor?: string | undefined },
): Promise<TicketsPlace> => {
  if (query.cursor === undefined) return { after: 0n, ...(await known.at(query)) };
  const place = readPlace(query.cursor);
  await known.of({ asOfPosition: String(place.position) });
  return place;
};

const readPlace = (cursor: string): TicketsPlace => {
  const { after, known, at } = readCursor(cursor, cursorSchema);
  return { after: BigInt(after), position: BigInt(known), at: instant(at) };
};
