import { Body, Controller, HttpCode, Post } from '@nestjs/common';
import { ApiBearerAuth, ApiHeader, ApiTags } from '@nestjs/swagger';
import { LogsAccess, Requires } from '../../../access/index.js';
import { ApiAnswers } from '../../../platform/http/openapi.js';
import { AnswerLanguage } from '../../../platform/http/request-parameters.js';
import { Bulk, bulkBody, type BulkBody } from '../../batch/bulk.js';
import { bulkAnswerSchema, bulkView, type BulkAnswer } from './bulk.view.js';
import { idempotencyKeyHeader } from '../idempotency-key.js';
import { TicketRequestContext } from '../ticket-command-route.js';

@ApiTags('tickets')
@ApiBearerAuth()
@Controller('v1/tickets/bulk')
export class BulkController {
  constructor(private readonly bulk: Bulk) {}

  @Post()
  @HttpCode(200)
  @Requires('tickets:bulk')
  @LogsAccess('batch', 'told')
  @ApiHeader(idempotencyKeyHeader)
  @ApiAnswers('One command for up to 500 tickets', bulkAnswerSchema)
  async submit(
    @TicketRequestContext() { commandId, ...context }: TicketRequestContext,
    @Body({ schema: bulkBody }) body: BulkBody,
    @AnswerLanguage() language: AnswerLanguage,
  ): Promise<BulkAnswer> {
    const { principal, sent, correlationId } = context;
    const outcome = await this.bulk.submit({ commandId, ...body }, { principal, sent, correlationId });
    return bulkView(outcome, language);
  }
}
