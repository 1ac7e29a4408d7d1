import { z } from 'zod';
import { problemSchema } from '../../platform/http/openapi.js';
import { problemDocument } from '../../platform/http/problems/send-problem.js';
import { toProblem } from '../../platform/http/problems/to-problem.js';
import type { AnswerLanguage } from '../../platform/http/request-parameters.js';
import type { DomainError } from '../../shared/problems/domain-error.js';
import { warningsSchema } from '../../platform/warnings-schema.js';
import type { ChildResult, CommandResult } from '../repository/command-result.js';
import { ticketSchema } from '../ticket.view.js';

const refusalSchema = problemSchema
  .extend({
    ticket: ticketSchema
      .optional()
      .describe('As it is, where a rule of its life refuses and you may read it'),
  })
  .meta({ id: 'Refusal' });

const outcomeSchema = z.object({
  commandId: z.string().nullable().describe('As sent; made from the parent’s for a child'),
  status: z
    .enum(['applied', 'duplicate', 'unchanged', 'refused', 'retry'])
    .describe(
      'refused: asked again as it is, it may be taken once the reason is gone. retry: it could not be judged, since something was away; keep it and send it again, before anything later about its ticket',
    ),
  ticketId: z.string().nullable(),
  revision: z.int().optional(),
  problem: refusalSchema.optional(),
});

export const childResultSchema = outcomeSchema.meta({ id: 'ChildResult' });
type ChildResultView = z.output<typeof childResultSchema>;

/** The result of one command of several. */
export const resultSchema = outcomeSchema
  .extend({
    cascade: z.array(childResultSchema).optional().describe('With cascade: what became of each child'),
    warnings: warningsSchema,
  })
  .meta({ id: 'CommandResult' });
export type Result = z.output<typeof resultSchema>;

/** Where a field of the command stands in the request, given its pointer within the command. */
export type PointerTo = (field: string) => string;

export const resultView = (
  { cascade, ...own }: CommandResult,
  language: AnswerLanguage,
  pointerTo: PointerTo,
): Result => ({
  ...childView(own, language, pointerTo),
  ...(cascade ? { cascade: cascade.map((child) => childResultView(child, language)) } : {}),
});

/** A child's command was not sent: pointers name the fields of a command by itself. */
export const childResultView = (result: ChildResult, language: AnswerLanguage): ChildResultView =>
  childView(result, language, (field) => field);

const childView = (
  { error, ...result }: ChildResult,
  language: AnswerLanguage,
  pointerTo: PointerTo,
): ChildResultView => ({
  ...result,
  ...(error
    ? { problem: problemView(error, language, result.status === 'refused' ? pointerTo : undefined) }
    : {}),
});

const problemView = (
  error: DomainError,
  language: AnswerLanguage,
  pointerTo: PointerTo | undefined,
): ChildResultView['problem'] => {
  const document = problemDocument(toProblem(error), language());
  if (!pointerTo || !document.errors) return document;
  const errors = document.errors.map(({ pointer, message }) => ({ pointer: pointerTo(pointer), message }));
  return { ...document, errors };
};
