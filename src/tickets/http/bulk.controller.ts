import { Body, Controller, HttpCode, Post } from '@nestjs/common';
import { ApiBearerAuth, ApiHeader, ApiTags } from '@nestjs/swagger';
import { LogsAccess, Requires } from '../../access/index.js';
import { ApiAnswers } from '../../platform/http/openapi.js';
import { Bulk, bulkBody, type BulkBody } from '../batch/bulk.js';
import { bulkAnswerSchema, bulkView, type BulkAnswer } from './bulk.view.js';
import { idempotencyKeyHeader } from './idempotency-key.js';
import { TicketRequestContext } from './ticket-command-route.js';

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
    @TicketRequestContext() { principal, sent, commandId }: TicketRequestContext,
    @Body({ schema: bulkBody }) body: BulkBody,
  ): Promise<BulkAnswer> {
    return bulkView(await this.bulk.submit({ commandId, ...body }, { principal, sent }));
  }
}
