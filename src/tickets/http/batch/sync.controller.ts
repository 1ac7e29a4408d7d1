import { Body, Controller, HttpCode, Post } from '@nestjs/common';
import { ApiBearerAuth, ApiTags } from '@nestjs/swagger';
import { CurrentPrincipal, LogsAccess, type Principal, Requires } from '../../../access/index.js';
import { ApiAnswers } from '../../../platform/http/openapi.js';
import { AnswerLanguage, CorrelationId } from '../../../platform/http/request-parameters.js';
import { RouteConfig } from '@nestjs/platform-fastify';
import { SyncBatch, syncBody, type SyncBody } from '../../batch/sync-batch.js';
import { syncAnswerSchema, syncView, type SyncAnswer } from './sync.view.js';

/** The largest request, for a thousand commands with long texts; what is larger is sent in two batches. */
const maxBodyBytes = 8 * 1024 * 1024;

@ApiTags('sync')
@ApiBearerAuth()
@Controller('v1/sync')
export class SyncController {
  constructor(private readonly sync: SyncBatch) {}

  @Post()
  @HttpCode(200)
  @RouteConfig({ bodyLimit: maxBodyBytes })
  @Requires('tickets:sync')
  @LogsAccess('batch', 'told')
  @ApiAnswers('Send a batch of commands, made online or offline', syncAnswerSchema)
  async push(
    @Body({ schema: syncBody }) body: SyncBody,
    @CurrentPrincipal() principal: Principal,
    @CorrelationId() correlationId: string,
    @AnswerLanguage() language: AnswerLanguage,
  ): Promise<SyncAnswer> {
    return syncView(await this.sync.submit(body, { principal, correlationId }), language);
  }
}
