import type { FastifyReply } from 'fastify';
import { z } from 'zod';
import { entityTagOf } from '../../platform/http/if-match.js';
import { spokenLanguage } from '../../platform/http/request-context.js';
import { activeStatuses } from '../../shared/vocabulary.js';
import type { TicketSnapshot } from '../repository/ticket-history.js';
import type { ChildResult } from '../repository/command-result.js';
import type { OfferedChild } from '../relations/children.js';
import { warningsSchema, type Warning } from '../../platform/warnings-schema.js';
import { ticketSchema, ticketView } from '../ticket.view.js';
import { childResultSchema, childResultView } from './command-result.view.js';
import { childSchema, incidentSchema, type IncidentView } from './incidents.view.js';
import type { CommandOutcome } from '../repository/command-outcome.js';

const offeredSchema = childSchema.extend({ status: z.enum(activeStatuses) });
/** What the answer to a resolution has beside the ticket. */
const childrenShape = {
  children: z
    .array(offeredSchema)
    .optional()
    .describe('Without cascade: tickets under this one that are still active; absent where there are none'),
  cascade: z
    .array(childResultSchema)
    .optional()
    .describe('With cascade: what became of each ticket that was under this one when it was resolved'),
};

/** The answer to a command. */
export const commandAnswerSchema = ticketSchema
  .extend({ warnings: warningsSchema })
  .meta({ id: 'CommandAnswer' });

export const resolvedSchema = commandAnswerSchema.extend(childrenShape).meta({ id: 'ResolvedTicket' });
export const meTooSchema = commandAnswerSchema
  .extend({ incident: incidentSchema.optional() })
  .meta({ id: 'MeTooAnswer' });
type Resolved = z.output<typeof resolvedSchema>;
/** The answer to a sender who may not read the ticket any more, since it is another establishment's by now: only that it was done. */
type UnreadableTicket = Pick<Resolved, 'ticketId' | 'revision' | 'cascade' | 'children' | 'warnings'>;
export type TicketAnswer = (Resolved | UnreadableTicket) & { incident?: IncidentView };

/** A ticket that was read, or the outcome of a command. */
export interface AnsweredTicket extends TicketSnapshot {
  status?: CommandOutcome['status'];
  isReadable?: boolean;
  children?: OfferedChild[];
  cascade?: ChildResult[];
  warnings?: Warning[];
  incident?: IncidentView;
}

/**
 * Answers with the ticket, its revision as ETag and its position; 201 with Location for one that was just opened. Called by handlers:
 * as an interceptor it would take each of these answers through rxjs.
 */
export const answerWithTicket = (reply: FastifyReply, answer: AnsweredTicket): TicketAnswer => {
  void reply.header('ETag', entityTagOf(answer.revision));
  void reply.header('Position', String(answer.position));
  if (reply.statusCode === 201) {
    void reply.header('Location', `/v1/tickets/${answer.ticketId}`);
    if (answer.status !== 'applied') void reply.status(200);
  }
  const { children = [], cascade, warnings, incident, ticketId, revision, isReadable = true } = answer;
  const language = () => spokenLanguage(reply.request);
  return {
    ...(isReadable ? ticketView(answer) : { ticketId, revision }),
    ...(children.length > 0 ? { children } : {}),
    ...(cascade ? { cascade: cascade.map((child) => childResultView(child, language)) } : {}),
    ...(warnings ? { warnings } : {}),
    ...(incident ? { incident } : {}),
  };
};
