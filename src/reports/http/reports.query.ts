import { z } from 'zod';
import { isAllowed, narrowedScope, type Principal, type Scope, scopeOf } from '../../access/index.js';
import { type AsOfRequest, asOfQuery, isOneAsOf, notBoth } from '../../billets-quotidiens/index.js';
import { daySchema } from '../../calendar/day-schema.js';
import { countDays, type Day } from '../../calendar/local-days.js';
import { type BegunDays, type Establishments, requestedEstablishment } from '../../establishments/index.js';
import { Problem } from '../../platform/http/problems/problem.js';
import { minPositionQuery } from '../../platform/positions.js';
import { notInOrder, tooManyDays } from '../../calendar/range-faults.js';
import { line } from '../../platform/text-schema.js';
import { reports, type Report, type Selection } from '../report.js';

export const maxReportDays = 366;

export const reportSchema = z.enum(reports);

/** What both the reports and their drill-down are asked by. */
export const selectionQuery = minPositionQuery.extend({
  from: daySchema.optional().describe('The first day; not needed for ageing, which looks at one day'),
  to: daySchema.describe('The last day; for ageing, the day at whose end the tickets are active'),
  establishment: line(200).optional().describe('Code, official name or alias'),
  ...asOfQuery,
});

export interface Days {
  from?: Day | undefined;
  to: Day;
}

/** Adds what holds of the parameters together. */
export const checked = <Schema extends z.ZodType<Days & AsOfRequest>>(schema: Schema): Schema =>
  schema
    .refine(isOneAsOf, notBoth)
    .refine(({ from, to }) => from === undefined || from <= to, notInOrder)
    .refine(
      ({ from, to }) => from === undefined || from > to || countDays(from, to) <= maxReportDays,
      tooManyDays(maxReportDays),
    );

/** The establishments whose reports the principal reads: whoever reads figures those of all, others their own. */
export const ownScope = (principal: Principal): Scope =>
  isAllowed(principal, 'figures:read') ? 'all' : scopeOf(principal);

/** What a request asks for. Throws `malformed` without a first day, `day-not-begun`, `unknown-establishment`, `establishment-not-yours`. */
export const selectionOf = (
  report: Report,
  { from, to, establishment: name }: Days & { establishment?: string | undefined },
  {
    principal,
    establishments,
    begun,
  }: { principal: Principal; establishments: Establishments; begun: BegunDays },
): Selection => {
  const establishment = requestedEstablishment(establishments, name);
  const scope = narrowedScope(ownScope(principal), establishment);
  if (report === 'ageing') {
    begun.assertBegun(to, { establishment });
    return { report, from: to, to, scope };
  }
  if (from === undefined) throw malformed('?from', { fr: 'obligatoire', en: 'required' });
  begun.assertBegun(from, { establishment });
  return { report, from, to, scope };
};

export const malformed = (pointer: string, message: { fr: string; en: string }): Problem =>
  new Problem('malformed', { errors: [{ pointer, message }] });
