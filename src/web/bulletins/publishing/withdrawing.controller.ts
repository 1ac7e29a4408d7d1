import { Body, Controller, Get, Param, Post, Query, Req, Res, UseFilters } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { RouteConfig } from '@nestjs/platform-fastify';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { CurrentPrincipal, type Principal, Requires, ShowsNoTicket } from '../../../access/index.js';
import {
  BulletinRepository,
  DeleteDraft,
  WithdrawBulletin,
  withdrawBody,
  type WrittenSnapshot,
} from '../../../bulletins/index.js';
import { daySchema } from '../../../calendar/day-schema.js';
import { toProblem } from '../../../platform/http/problems/to-problem.js';
import { contextOf } from '../../../platform/http/request-context.js';
import { DomainError } from '../../../shared/problems/domain-error.js';
import type { ProblemCode } from '../../../shared/problems/problem-code.js';
import { FormVisit, PageFrame, seeOther, type Visit } from '../../page/page-frame.js';
import { languageQuery, type LanguageQuery } from '../../page/page-language.js';
import { PageProblemFilter } from '../../page/problems/page-problem.filter.js';
import { formBody, formRoute, ifMatchOf, type FormBody } from '../editor/form-body.js';
import { amongBulletins, bulletinTitle } from '../titles.js';
import { removalMain, type Removal, type TypedReason } from './removal.page.js';

const noReason: TypedReason = { text: '', isRefused: false };
const unprocessable = 422;
const changedCodes: readonly ProblemCode[] = ['version-mismatch', 'not-published', 'bulletin-published'];

/** The steps that withdraw a bulletin, or delete a draft; each has a page that asks for confirmation first. */
@ApiExcludeController()
@UseFilters(PageProblemFilter)
@ShowsNoTicket('figures and texts of producers')
@Controller('bulletins/:date')
export class WithdrawingController {
  constructor(
    private readonly commands: CommandBus,
    private readonly bulletins: BulletinRepository,
    private readonly frame: PageFrame,
  ) {}

  @Get('withdraw')
  @Requires('bulletins:publish')
  confirmWithdrawal(
    @Param('date', { schema: daySchema }) date: string,
    @Query({ schema: languageQuery }) query: LanguageQuery,
    @CurrentPrincipal() principal: Principal,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<string> {
    return this.confirm('withdraw', date, this.frame.visit(request, reply, principal, query));
  }

  @Get('delete')
  @Requires('bulletins:write')
  confirmDeletion(
    @Param('date', { schema: daySchema }) date: string,
    @Query({ schema: languageQuery }) query: LanguageQuery,
    @CurrentPrincipal() principal: Principal,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<string> {
    return this.confirm('delete', date, this.frame.visit(request, reply, principal, query));
  }

  @Post('withdraw')
  @RouteConfig(formRoute)
  @Requires('bulletins:publish')
  async withdraw(
    @Param('date', { schema: daySchema }) date: string,
    @Body({ schema: formBody }) fields: FormBody,
    @FormVisit() visit: Visit,
  ): Promise<string> {
    const { principal, reply } = visit;
    const { correlationId } = contextOf(reply.request);
    const text = typeof fields.reason === 'string' ? fields.reason : '';
    const { data } = withdrawBody.safeParse({ reason: text });
    if (!data) {
      void reply.status(unprocessable);
      return this.show('withdraw', visit, await this.bulletins.written(date), { text, isRefused: true });
    }
    const command = new WithdrawBulletin(
      { date, principal, ifMatch: ifMatchOf(fields), correlationId },
      data.reason,
    );
    const isDone = await this.done(command);
    if (isDone) return seeOther(reply, `/bulletins/${date}?done=withdrawn`);
    return this.changed('withdraw', visit, date, { text, isRefused: false });
  }

  @Post('delete')
  @RouteConfig(formRoute)
  @Requires('bulletins:write')
  async delete(
    @Param('date', { schema: daySchema }) date: string,
    @Body({ schema: formBody }) fields: FormBody,
    @FormVisit() visit: Visit,
  ): Promise<string> {
    const { principal, reply } = visit;
    const { correlationId } = contextOf(reply.request);
    const isDone = await this.done(
      new DeleteDraft({ date, principal, ifMatch: ifMatchOf(fields), correlationId }),
    );
    return isDone
      ? seeOther(reply, '/bulletins?done=deleted')
      : this.changed('delete', visit, date, noReason);
  }

  /** False where someone else changed the bulletin since its page was made, be it that the step no longer fits. */
  private async done(command: WithdrawBulletin | DeleteDraft): Promise<boolean> {
    try {
      await this.commands.execute(command);
      return true;
    } catch (error) {
      if (error instanceof DomainError && changedCodes.includes(error.code)) return false;
      throw error;
    }
  }

  private async changed(step: Removal, visit: Visit, date: string, reason: TypedReason): Promise<string> {
    void visit.reply.status(toProblem(new DomainError('version-mismatch')).kind.status);
    return this.show(step, visit, await this.bulletins.written(date), reason, true);
  }

  private async confirm(step: Removal, date: string, visit: Visit): Promise<string> {
    return this.show(step, visit, await this.bulletins.written(date), noReason);
  }

  /** A step that does not fit, withdrawing a draft or deleting what was published, leads back to the bulletin. */
  private show(
    step: Removal,
    visit: Visit,
    snapshot: WrittenSnapshot,
    reason: TypedReason,
    isChanged = false,
  ): string {
    const { date, bulletin } = snapshot;
    const fits = bulletin.status === (step === 'withdraw' ? 'published' : 'draft');
    if (!fits) return seeOther(visit.reply, `/bulletins/${date}`);
    const main = removalMain(snapshot, step, { reason, isChanged, reader: visit });
    return this.frame.send(visit, { ...amongBulletins, title: bulletinTitle(date, visit.language), main });
  }
}
