import { Controller, Get, HttpCode, Param, Post, Query, Req, Res, UseFilters } from '@nestjs/common';
import { RouteConfig } from '@nestjs/platform-fastify';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import {
  CurrentPrincipal,
  isAllowed,
  LogsAccess,
  type Principal,
  Requires,
  ShowsNoTicket,
} from '../../access/index.js';
import { Establishments } from '../../establishments/index.js';
import { deadLetterId, EventLoopWatch, ProjectionOperations } from '../../operations/index.js';
import type { FormConfig } from '../../platform/http/forms/form-route.js';
import { Jobs } from '../../platform/jobs/jobs.js';
import { DomainError } from '../../shared/problems/domain-error.js';
import { PageFrame, seeOther } from '../page/page-frame.js';
import { languageQuery, type LanguageQuery } from '../page/page-language.js';
import { PageProblemFilter } from '../page/problems/page-problem.filter.js';
import { pageWordsIn } from '../page/words.js';
import { operationsMain, rebuildMain } from './operations.page.js';
import { doneOperationWords, failedRetries, operationsWordsIn, type DoneOperation } from './words.js';

/** Buttons alone. */
const formRoute: FormConfig & { bodyLimit: number } = { takesForms: true, bodyLimit: 1_024 };
const dones = Object.keys(doneOperationWords) as DoneOperation[];
const operationsQuery = languageQuery.extend({ done: z.enum(dones).optional().catch(undefined) });

/** The page of operators, with what their API gives. */
@ApiExcludeController()
@UseFilters(PageProblemFilter)
@Controller('exploitation')
export class OperationsPageController {
  constructor(
    private readonly operations: ProjectionOperations,
    private readonly eventLoop: EventLoopWatch,
    private readonly jobs: Jobs,
    private readonly establishments: Establishments,
    private readonly frame: PageFrame,
  ) {}

  @Get()
  @Requires('operations:read')
  @LogsAccess('dead-letters')
  async page(
    @Query({ schema: operationsQuery }) query: z.output<typeof operationsQuery>,
    @CurrentPrincipal() principal: Principal,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<string> {
    const visit = this.frame.visit(request, reply, principal, query);
    const [projections, deadLetters] = await Promise.all([
      this.operations.statuses(),
      this.operations.deadLetters(),
    ]);
    const shown = {
      ...{ projections, deadLetters, eventLoop: this.eventLoop.read(), done: query.done },
      jobs: this.jobs.statuses(),
      timeZone: this.establishments.reportingTimeZone,
      mayManageScreens: isAllowed(principal, 'screens:manage'),
    };
    const title = pageWordsIn(visit.language)('operations');
    return this.frame.send(visit, { title, here: 'operations', main: operationsMain(shown, visit.language) });
  }

  @Get('projections/:name/rebuild')
  @Requires('operations:run')
  @ShowsNoTicket('asks before a rebuild')
  async confirm(
    @Param('name') name: string,
    @Query({ schema: languageQuery }) query: LanguageQuery,
    @CurrentPrincipal() principal: Principal,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<string> {
    const visit = this.frame.visit(request, reply, principal, query);
    await this.operations.status(name);
    const title = operationsWordsIn(visit.language)('confirmRebuild');
    return this.frame.send(visit, { title, here: 'operations', main: rebuildMain(name, visit.language) });
  }

  @Post('projections/:name/rebuild')
  @HttpCode(303)
  @RouteConfig(formRoute)
  @Requires('operations:run')
  @ShowsNoTicket('begins a rebuild')
  async rebuild(
    @Param('name') name: string,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<string> {
    await this.operations.rebuild(name);
    return done(reply, 'rebuilding');
  }

  @Post('projections/:name/cancel')
  @HttpCode(303)
  @RouteConfig(formRoute)
  @Requires('operations:run')
  @ShowsNoTicket('cancels a rebuild')
  async cancel(
    @Param('name') name: string,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<string> {
    await this.operations.cancelRebuild(name);
    return done(reply, 'cancelled');
  }

  @Post('dead-letters/:id/retry')
  @HttpCode(303)
  @RouteConfig(formRoute)
  @Requires('operations:run')
  @ShowsNoTicket('has an event folded again')
  async retry(
    @Param('id', { schema: deadLetterId }) id: string,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<string> {
    try {
      await this.operations.retry(id);
      return done(reply, 'retried');
    } catch (error) {
      const told = failedRetries.find((code) => error instanceof DomainError && error.code === code);
      if (told === undefined) throw error;
      return done(reply, told);
    }
  }
}

const done = (reply: FastifyReply, step: DoneOperation): string =>
  seeOther(reply, `/exploitation?done=${step}`);
