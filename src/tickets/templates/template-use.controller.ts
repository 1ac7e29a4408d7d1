import { Body, Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiBearerAuth, ApiHeader, ApiTags } from '@nestjs/swagger';
import { z } from 'zod';
import { CurrentPrincipal, LogsAccess, type Principal, Requires } from '../../access/index.js';
import { ApiAnswers } from '../../platform/http/openapi.js';
import { AnswerLanguage } from '../../platform/http/request-parameters.js';
import { uuid } from '../execution/command-body.js';
import { idempotencyKeyHeader } from '../http/idempotency-key.js';
import { TicketRequestContext } from '../http/ticket-command-route.js';
import { ApplyTemplate, applyBody, type ApplyBody } from './apply-template.js';
import { Filling, filledTemplate } from './filling.js';
import {
  applicationSchema,
  applicationView,
  previewSchema,
  type ApplicationAnswer,
} from './template.view.js';
import { Templates } from './templates.js';

const previewQuery = z.strictObject({ ticketId: uuid });

/** What a template makes of tickets. */
@ApiTags('templates')
@ApiBearerAuth()
@Requires('templates:use')
@Controller('v1/templates/:id')
export class TemplateUseController {
  constructor(
    private readonly templates: Templates,
    private readonly filling: Filling,
    private readonly applying: ApplyTemplate,
  ) {}

  @Get('preview')
  @LogsAccess('read')
  @ApiAnswers('The texts of a template, filled for a ticket', previewSchema)
  async preview(
    @Param('id', { schema: uuid }) templateId: string,
    @Query({ schema: previewQuery }) { ticketId }: z.output<typeof previewQuery>,
    @CurrentPrincipal() principal: Principal,
  ): Promise<z.output<typeof previewSchema>> {
    const { content } = await this.templates.find(templateId, principal);
    const ticket = await this.filling.of(ticketId, principal);
    const { commands, text = null } = filledTemplate(content, { ticketId, ticket, person: principal.id });
    return { templateId, ticketId, text, commands };
  }

  @Post('apply')
  @HttpCode(200)
  @LogsAccess('batch', 'told')
  @ApiHeader(idempotencyKeyHeader)
  @ApiAnswers('Carry out the commands of a template for up to 500 tickets', applicationSchema)
  async apply(
    @Param('id', { schema: uuid }) templateId: string,
    @TicketRequestContext() { principal, commandId, correlationId }: TicketRequestContext,
    @Body({ schema: applyBody }) body: ApplyBody,
    @AnswerLanguage() language: AnswerLanguage,
  ): Promise<ApplicationAnswer> {
    const sender = { principal, correlationId };
    const outcome = await this.applying.submit(templateId, { commandId, ...body }, sender);
    return applicationView(outcome, language);
  }
}
