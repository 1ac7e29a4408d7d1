import { Body, Controller, Delete, Get, HttpCode, Param, Put, Query, Req, Res } from '@nestjs/common';
import { ApiBearerAuth, ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { CurrentPrincipal, LogsAccess, type Principal, Requires } from '../../../access/index.js';
import { ApiAnswers } from '../../../platform/http/openapi.js';
import { CorrelationId } from '../../../platform/http/request-parameters.js';
import { positionSchema } from '../../../platform/positions.js';
import { uuid } from '../../execution/command-body.js';
import { ErasureLists } from '../../erasure/erasure-lists.js';
import { LegalHolds } from '../../erasure/legal-holds.js';
import type { CommandOutcome } from '../../repository/command-outcome.js';
import { holdItem, holdListSchema, reasonSchema } from './erasures.view.js';
import { newestFirst, newestFirstQuery, type NewestFirstQuery } from '../newest-first.js';

const placeBody = z.strictObject({ reason: reasonSchema });
const releaseBody = z.strictObject({ reason: reasonSchema.optional() }).optional();

const holdSchema = z
  .object({
    ticketId: z.guid(),
    held: z.boolean(),
    since: z.iso.datetime().nullable(),
    reason: z.string().nullable(),
    position: positionSchema,
  })
  .meta({ id: 'LegalHold' });

/** Tickets that must be kept as they are, for a court say: nothing erases them meanwhile. */
@ApiTags('operations')
@ApiBearerAuth()
@LogsAccess('erasure')
@Controller('v1/admin')
export class LegalHoldsController {
  constructor(
    private readonly holds: LegalHolds,
    private readonly lists: ErasureLists,
  ) {}

  @Put('tickets/:ticketId/hold')
  @Requires('tickets:place-hold')
  @ApiAnswers('Keep the texts of a ticket from being erased', holdSchema)
  async place(
    @Param('ticketId', { schema: uuid }) ticketId: string,
    @Body({ schema: placeBody }) { reason }: z.output<typeof placeBody>,
    @CurrentPrincipal() principal: Principal,
    @CorrelationId() correlationId: string,
  ) {
    return holdView(await this.holds.place(ticketId, reason, { principal, correlationId }));
  }

  @Delete('tickets/:ticketId/hold')
  @HttpCode(200)
  @Requires('tickets:release-hold')
  @ApiAnswers('Let them be erased again', holdSchema)
  async release(
    @Param('ticketId', { schema: uuid }) ticketId: string,
    @Body({ schema: releaseBody }) body: z.output<typeof releaseBody>,
    @CurrentPrincipal() principal: Principal,
    @CorrelationId() correlationId: string,
  ) {
    return holdView(await this.holds.release(ticketId, body?.reason, { principal, correlationId }));
  }

  @Get('holds')
  @Requires('operations:read')
  @ApiAnswers('What must be kept, since when and why; the newest first', holdListSchema)
  async list(
    @Query({ schema: newestFirstQuery }) query: NewestFirstQuery,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    await this.lists.include(query.minPosition);
    const read = (page: Parameters<ErasureLists['holds']>[0]) => this.lists.holds(page);
    const { rows, nextCursor } = await newestFirst(query, read, { request, reply });
    return { items: rows.map(holdItem), nextCursor };
  }
}

const holdView = ({ ticketId, ticket, position }: CommandOutcome) => {
  const hold = ticket.status === 'unopened' ? null : ticket.legalHold;
  const { since = null, reason = null } = hold ?? {};
  return { ticketId, held: hold !== null, since, reason, position: String(position) };
};
