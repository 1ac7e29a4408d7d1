import { applyDecorators, createParamDecorator, HttpCode, type ExecutionContext } from '@nestjs/common';
import { ApiHeader, ApiParam } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import type { z } from 'zod';
import { LogsAccess, type Principal, Requires } from '../../access/index.js';
import { ApiAnswer, ApiAnswers } from '../../platform/http/openapi.js';
import { parseIfMatch } from '../../platform/http/if-match.js';
import { contextOf } from '../../platform/http/request-context.js';
import type { IfMatch } from '../../shared/if-match.js';
import { Problem } from '../../platform/http/problems/problem.js';
import { fieldErrors } from '../../platform/field-errors.js';
import { uuid } from '../execution/command-body.js';
import { commandIdOfKey, idempotencyKeyHeader } from './idempotency-key.js';
import { commandAnswerSchema } from './ticket-answer.js';
import type { TicketCommandDefinition } from '../execution/ticket-command.js';

/** Who sends a command, about which ticket (none yet for an opening), and at which revision. */
export interface TicketRequestContext {
  principal: Principal;
  /** The body as it was sent. */
  sent: unknown;
  ifMatch: IfMatch;
  ticketId: string | undefined;
  /** The command id that an `Idempotency-Key` stands for; a `commandId` in the body takes precedence. */
  commandId: string | undefined;
  correlationId: string;
}

/**
 * The request context of a command's route. Throws `malformed` for a path whose ticket is no UUID, an `If-Match` that is no revision, or
 * an invalid `Idempotency-Key`.
 */
export const TicketRequestContext = createParamDecorator(
  (_data: unknown, context: ExecutionContext): TicketRequestContext => {
    const request = context.switchToHttp().getRequest<FastifyRequest & { principal: Principal }>();
    const { ticketId } = request.params as { ticketId?: string };
    const parsed = uuid.optional().safeParse(ticketId);
    if (!parsed.success)
      throw new Problem('malformed', { errors: fieldErrors(parsed.error.issues, 'ticketId') });
    return {
      principal: request.principal,
      sent: request.body,
      ifMatch: parseIfMatch(request.headers['if-match']),
      ticketId: parsed.data,
      commandId: commandIdOfKey(request.principal, request.headers['idempotency-key']),
      correlationId: contextOf(request).correlationId,
    };
  },
);

/** Everything the routes of commands on a ticket have in common. */
export const TicketCommandRoute = (
  { type, permission }: Pick<TicketCommandDefinition, 'type' | 'permission'>,
  summary: string,
  schema: z.ZodType = commandAnswerSchema,
) =>
  applyDecorators(
    HttpCode(200),
    Requires(permission),
    LogsAccess('command'),
    ApiAnswers(summary, schema, { operationId: `Tickets_${type}` }),
    ApiAnswer(
      200,
      `${summary}: ticketId and revision alone, where it is another establishment’s by now`,
      schema,
    ),
    ApiParam({ name: 'ticketId', schema: { type: 'string', format: 'uuid' } }),
    ApiHeader({
      name: 'If-Match',
      required: false,
      description: 'The ETag the command was decided on; 412 when the ticket has changed.',
    }),
    ApiHeader(idempotencyKeyHeader),
  );
