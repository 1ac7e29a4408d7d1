import { Body, Controller, Get, HttpCode, Param, Post, Query, Req, Res } from '@nestjs/common';
import { ApiBearerAuth, ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { CurrentPrincipal, LogsAccess, type Principal, Requires } from '../../../access/index.js';
import { ApiAnswers } from '../../../platform/http/openapi.js';
import { AnswerLanguage, CorrelationId } from '../../../platform/http/request-parameters.js';
import { uuid } from '../../execution/command-body.js';
import { ErasureLists } from '../../erasure/erasure-lists.js';
import { Erasures } from '../../erasure/erasures.js';
import {
  erasedAllSchema,
  erasedSchema,
  erasedView,
  erasureBody,
  erasureItem,
  erasureListSchema,
  erasuresBody,
  erasureResultView,
  type ErasureBody,
  type ErasuresBody,
} from './erasures.view.js';
import { newestFirst, newestFirstQuery, type NewestFirstQuery } from '../newest-first.js';

/** Erasing texts: for operators, who may read none. */
@ApiTags('operations')
@ApiBearerAuth()
@LogsAccess('erasure')
@Controller('v1/admin')
export class ErasuresController {
  constructor(
    private readonly erasures: Erasures,
    private readonly lists: ErasureLists,
  ) {}

  @Post('tickets/:ticketId/erase')
  @HttpCode(200)
  @Requires('tickets:erase')
  @ApiAnswers('Erase all that was written of a ticket, for good', erasedSchema)
  async erase(
    @Param('ticketId', { schema: uuid }) ticketId: string,
    @Body({ schema: erasureBody }) erasure: ErasureBody,
    @CurrentPrincipal() principal: Principal,
    @CorrelationId() correlationId: string,
  ) {
    const erased = await this.erasures.erase(ticketId, erasure, { principal, correlationId });
    return { ...erasedView(erased), emptied: await this.erasures.areEmptied([erased]) };
  }

  @Post('erasures')
  @HttpCode(200)
  @Requires('tickets:erase')
  @ApiAnswers('The same for up to 500 tickets', erasedAllSchema)
  async eraseAll(
    @Body({ schema: erasuresBody }) { tickets, ...erasure }: ErasuresBody,
    @CurrentPrincipal() principal: Principal,
    @CorrelationId() correlationId: string,
    @AnswerLanguage() language: AnswerLanguage,
  ) {
    const results = await this.erasures.eraseAll(tickets, erasure, { principal, correlationId });
    return {
      emptied: await this.erasures.areEmptied(results),
      results: results.map((result) => erasureResultView(result, language)),
    };
  }

  @Get('erasures')
  @Requires('operations:read')
  @ApiAnswers('What was erased when, by whom and why; the newest first', erasureListSchema)
  async list(
    @Query({ schema: newestFirstQuery }) query: NewestFirstQuery,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    await this.lists.include(query.minPosition);
    const read = (page: Parameters<ErasureLists['erasures']>[0]) => this.lists.erasures(page);
    const { rows, nextCursor } = await newestFirst(query, read, { request, reply });
    return { items: rows.map(erasureItem), nextCursor };
  }
}
