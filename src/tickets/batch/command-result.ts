import { z } from 'zod';
import { problemSchema } from '../../platform/http/openapi.js';
import { problemDocument } from '../../platform/http/problem.filter.js';
import type { FieldError, Problem } from '../../platform/http/problem.js';
import { ticketSchema, type TicketView } from '../http/ticket.view.js';

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
export type ChildResult = z.output<typeof childResultSchema>;

/** What became of one command among others. */
export const commandResultSchema = outcomeSchema
  .extend({
    cascade: z.array(childResultSchema).optional().describe('With cascade: what became of each child'),
  })
  .meta({ id: 'CommandResult' });
export type CommandResult = z.output<typeof commandResultSchema>;

export const refusedResult = (
  problem: Problem,
  pointerTo: (field: string) => string,
  ids: Pick<ChildResult, 'commandId' | 'ticketId'>,
): ChildResult => {
  const document = problemDocument(problem);
  const errors = document.errors?.map(({ pointer, message }): FieldError => ({
    pointer: pointerTo(pointer),
    message,
  }));
  const { ticket } = document as { ticket?: TicketView };
  return {
    ...ids,
    status: 'refused',
    ...(ticket ? { revision: ticket.revision } : {}),
    problem: { ...document, ...(errors ? { errors } : {}) },
  };
};

/** Of a command that could not be decided: the sender keeps it. */
export const retryResult = (
  problem: Problem,
  ids: Pick<ChildResult, 'commandId' | 'ticketId'>,
): ChildResult => ({ ...ids, status: 'retry', problem: problemDocument(problem) });
