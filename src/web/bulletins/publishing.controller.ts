import { Body, Controller, Get, Param, Post, Query, Req, Res, UseFilters } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { RouteConfig } from '@nestjs/platform-fastify';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { CurrentPrincipal, Requires } from '../../access/access.guard.js';
import type { Principal } from '../../access/permissions.js';
import type { BrokenInvariant } from '../../bulletins/bulletin.js';
import { PublishBulletin } from '../../bulletins/commands/publish-bulletin.js';
import { ReviseBulletin } from '../../bulletins/commands/revise-bulletin.js';
import { TicketDay } from '../../bulletins/ticket-day.js';
import { daySchema } from '../../establishments/day-schema.js';
import { Problem } from '../../platform/http/problem.js';
import { pageQuery, type PageQuery } from '../page/page-language.js';
import { PageProblemFilter } from '../page/page-problem.filter.js';
import { PageFrame, seeOther, type Reader } from '../page/page-frame.js';
import { ReadBulletinState, type BulletinState } from './bulletin-state.js';
import { formBody, formRoute, ifMatchOf, type FormBody } from './form-body.js';
import { publishMain, reviseMain, type NotDone } from './publishing.page.js';
import { amongBulletins, bulletinTitle } from './titles.js';

/** The steps that make something public: each is asked for on a page of its own first. */
@ApiExcludeController()
@UseFilters(PageProblemFilter)
@Controller('bulletins/:date')
export class PublishingController {
  constructor(
    private readonly commands: CommandBus,
    private readonly state: ReadBulletinState,
    private readonly ticketDay: TicketDay,
    private readonly frame: PageFrame,
  ) {}

  @Get('publish')
  @Requires('bulletins:publish')
  async confirmPublish(
    @Param('date', { schema: daySchema }) date: string,
    @Query({ schema: pageQuery }) query: PageQuery,
    @CurrentPrincipal() principal: Principal,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<string> {
    const reader = this.frame.reader(request, reply, principal, query);
    return this.publishStep(reply, reader, await this.state.read(date));
  }

  @Post('publish')
  @RouteConfig(formRoute)
  @Requires('bulletins:publish')
  async publish(
    @Param('date', { schema: daySchema }) date: string,
    @Body({ schema: formBody }) fields: FormBody,
    @CurrentPrincipal() principal: Principal,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<string> {
    try {
      await this.commands.execute(new PublishBulletin({ date, principal, ifMatch: ifMatchOf(fields) }));
    } catch (error) {
      const [notDone, broken] = reasonOf(error);
      void reply.status((error as Problem).kind.status);
      const state = await this.state.read(date);
      const reader = this.frame.reader(request, reply, principal);
      return this.publishStep(reply, reader, { ...state, broken: broken ?? state.broken }, notDone);
    }
    return seeOther(reply, `/bulletins/${date}?done=published`);
  }

  @Get('revise')
  @Requires('bulletins:publish')
  async confirmRevise(
    @Param('date', { schema: daySchema }) date: string,
    @Query({ schema: pageQuery }) query: PageQuery,
    @CurrentPrincipal() principal: Principal,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<string> {
    const reader = this.frame.reader(request, reply, principal, query);
    return this.reviseStep(reply, reader, await this.state.read(date));
  }

  @Post('revise')
  @RouteConfig(formRoute)
  @Requires('bulletins:publish')
  async revise(
    @Param('date', { schema: daySchema }) date: string,
    @Body({ schema: formBody }) fields: FormBody,
    @CurrentPrincipal() principal: Principal,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<string> {
    try {
      await this.commands.execute(new ReviseBulletin({ date, principal, ifMatch: ifMatchOf(fields) }));
    } catch (error) {
      const [notDone, broken] = reasonOf(error);
      void reply.status((error as Problem).kind.status);
      const state = await this.state.read(date);
      const reader = this.frame.reader(request, reply, principal);
      return this.reviseStep(reply, reader, { ...state, broken: broken ?? state.broken }, notDone);
    }
    return seeOther(reply, `/bulletins/${date}?done=revised`);
  }

  /** What is published already has nothing more to be asked. */
  private publishStep(reply: FastifyReply, reader: Reader, state: BulletinState, notDone?: NotDone): string {
    if (state.publication) return seeOther(reply, `/bulletins/${state.snapshot.date}`);
    return this.show(reply, reader, state, publishMain(state, reader, notDone));
  }

  private async reviseStep(
    reply: FastifyReply,
    reader: Reader,
    state: BulletinState,
    notDone?: NotDone,
  ): Promise<string> {
    const { publication, changes, figures, snapshot } = state;
    if (!publication) return seeOther(reply, `/bulletins/${state.snapshot.date}`);
    const day = snapshot.bulletin.draft.ticketDay;
    const causes = changes.length === 0 ? [] : await this.ticketDay.causes(day, publication.figures, figures);
    return this.show(reply, reader, state, reviseMain(state, causes, reader, notDone));
  }

  private show(
    reply: FastifyReply,
    reader: Reader,
    { snapshot }: BulletinState,
    main: ReturnType<typeof publishMain>,
  ): string {
    const title = bulletinTitle(snapshot.date, reader.language);
    return this.frame.send(reply, reader, { ...amongBulletins, title, main });
  }
}

/** Why it was not done, where the page can say so; throws whatever else went wrong. */
const reasonOf = (error: unknown): [NotDone, BrokenInvariant[] | undefined] => {
  if (!(error instanceof Problem)) throw error;
  if (error.code === 'version-mismatch') return ['changed-meanwhile', undefined];
  if (error.code !== 'figures-do-not-add-up' && error.code !== 'day-in-progress') throw error;
  return ['does-not-hold', error.details.members?.broken as BrokenInvariant[] | undefined];
};
