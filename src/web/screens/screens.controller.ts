import { Body, Controller, Get, HttpCode, Param, Post, Query, Req, Res, UseFilters } from '@nestjs/common';
import { RouteConfig } from '@nestjs/platform-fastify';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import {
  CurrentPrincipal,
  isFromOurPages,
  type Principal,
  Requires,
  ShowsNoTicket,
  SignIn,
  WallScreens,
} from '../../access/index.js';
import { Establishments } from '../../establishments/index.js';
import type { FormConfig } from '../../platform/http/forms/form-route.js';
import { Problem } from '../../platform/http/problems/problem.js';
import { Public } from '../../platform/http/public.js';
import { line } from '../../platform/text-schema.js';
import { sendPage } from '../page/page-layout.js';
import { FormVisit, PageFrame, seeOther, type Visit } from '../page/page-frame.js';
import { keepLanguage, languageQuery, pageLanguageOf, type LanguageQuery } from '../page/page-language.js';
import { PageProblemFilter } from '../page/problems/page-problem.filter.js';
import { claimMain, codeMain, screensMain, screenWordsIn } from './screens.page.js';

/** A label or a code, and what a browser adds to it. */
const formRoute: FormConfig & { bodyLimit: number } = { takesForms: true, bodyLimit: 4_096 };
const screenForm = z.object({ label: line(80) });
const codeForm = z.object({ code: line(40) });
const screenId = z.string().regex(/^[0-9a-f]{1,64}$/);
const refused = 400;

/** Screens on walls: who may let them in, and the screens themselves. */
@ApiExcludeController()
@UseFilters(PageProblemFilter)
@ShowsNoTicket('screens')
@Controller()
export class ScreensController {
  constructor(
    private readonly screens: WallScreens,
    private readonly signIn: SignIn,
    private readonly establishments: Establishments,
    private readonly frame: PageFrame,
  ) {}

  @Get('ecrans')
  @Requires('screens:manage')
  async list(
    @Query({ schema: languageQuery }) query: LanguageQuery,
    @CurrentPrincipal() principal: Principal,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<string> {
    const visit = this.frame.visit(request, reply, principal, query);
    const { reportingTimeZone } = this.establishments;
    const main = screensMain(await this.screens.list(), reportingTimeZone, visit.language);
    return this.frame.send(visit, { title: screenWordsIn(visit.language)('screens'), main });
  }

  @Post('ecrans')
  @HttpCode(200)
  @RouteConfig(formRoute)
  @Requires('screens:manage')
  async make(
    @Body({ schema: screenForm }) { label }: z.output<typeof screenForm>,
    @FormVisit() visit: Visit,
  ): Promise<string> {
    const code = await this.screens.make({ label, by: visit.principal.id });
    const main = codeMain({ code, label, address: `${this.signIn.publicUrl()}/ecran` }, visit.language);
    return this.frame.send(visit, { title: screenWordsIn(visit.language)('codeFor'), main });
  }

  @Post('ecrans/:id/end')
  @HttpCode(303)
  @RouteConfig(formRoute)
  @Requires('screens:manage')
  async end(
    @Param('id', { schema: screenId }) id: string,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<string> {
    await this.screens.end(id);
    return seeOther(reply, '/ecrans');
  }

  /** What is opened at the screen. */
  @Get('ecran')
  @Public()
  ask(
    @Query({ schema: languageQuery }) query: LanguageQuery,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): string {
    keepLanguage(reply, query);
    return this.claimPage(request, reply, { isRefused: false });
  }

  @Post('ecran')
  @HttpCode(200)
  @RouteConfig(formRoute)
  @Public()
  async claim(
    @Body({ schema: codeForm }) { code }: z.output<typeof codeForm>,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<string> {
    // Another site's page could otherwise put its own screen in the place of somebody's session.
    if (!isFromOurPages(request)) throw new Problem('role-not-allowed');
    if (await this.screens.claim(code, request, reply)) return seeOther(reply, '/');
    void reply.status(refused);
    return this.claimPage(request, reply, { isRefused: true });
  }

  private claimPage(request: FastifyRequest, reply: FastifyReply, state: { isRefused: boolean }): string {
    const language = pageLanguageOf(request);
    const main = claimMain(state, language);
    return sendPage(reply, { language, title: screenWordsIn(language)('thisScreen'), main });
  }
}
