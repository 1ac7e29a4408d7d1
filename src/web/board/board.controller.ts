import { Controller, Get, Query, Req, Res, Sse, UseFilters, type MessageEvent } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import { RouteConfig } from '@nestjs/platform-fastify';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { map, merge, Observable, takeUntil, timer } from 'rxjs';
import {
  type AccessEnd,
  CurrentAccessEnd,
  CurrentPrincipal,
  isAllowed,
  type Principal,
  Requires,
  Sessions,
  ShowsNoTicket,
  SignIn,
} from '../../access/index.js';
import { liveRoute } from '../../platform/http/live-route.js';
import { Public } from '../../platform/http/public.js';
import { Problem } from '../../platform/http/problems/problem.js';
import { html } from '../../platform/http/html.js';
import { msUntil } from '../../shared/concurrency/ms-until.js';
import { screensLink } from '../screens/screens.page.js';
import { boardMain } from './board.page.js';
import { homeMain } from '../sign-in/home.page.js';
import { sendPage } from '../page/layout.js';
import { startPageOf } from '../page/menu.js';
import { PageFrame, seeOther } from '../page/page-frame.js';
import { LiveBoard } from './live-board.js';
import { keepLanguage, pageLanguageOf, languageQuery, type LanguageQuery } from '../page/page-language.js';
import { PageProblemFilter } from '../page/page-problem.filter.js';
import { ReadBoard } from './read-board.js';
import { ReadTasks } from '../tasks/read-tasks.js';
import { audienceOf, tasksFor } from '../tasks/task.js';
import { pageWordsIn } from '../page/words.js';

/**
 * The live board, for a wall screen and a producer's desk. Without a session the same address shows what this service is; who
 * has no board is sent on to where they begin.
 */
@ApiExcludeController()
@UseFilters(PageProblemFilter)
@Controller()
export class BoardController {
  constructor(
    private readonly sessions: Sessions,
    private readonly signIn: SignIn,
    private readonly board: ReadBoard,
    private readonly tasks: ReadTasks,
    private readonly live: LiveBoard,
    private readonly frame: PageFrame,
  ) {}

  @Get()
  @Public()
  async page(
    @Query({ schema: languageQuery }) query: LanguageQuery,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<string> {
    keepLanguage(reply, query);
    const language = pageLanguageOf(request);
    const say = pageWordsIn(language);
    const session = await this.sessions.of(request);
    if (!session) {
      const main = homeMain(language, this.signIn.isOffered);
      return sendPage(reply, { language, title: say('board'), script: 'home.js', main });
    }
    const { principal } = session;
    const startPage = startPageOf(principal);
    if (startPage === undefined) throw new Problem('role-not-allowed');
    if (startPage !== '/') return seeOther(reply, startPage);
    const audience = audienceOf(principal);
    const tasks = audience.length === 0 ? [] : tasksFor((await this.tasks.read()).tasks, audience);
    const board = await boardMain(await this.board.read(), tasks, language);
    const main = html`${board} ${isAllowed(principal, 'screens:manage') && screensLink(language)}`;
    const parts = { title: say('board'), here: 'board', script: 'board.js', main } as const;
    return this.frame.send({ principal, language, reply }, parts);
  }

  @Sse('board/events')
  @RouteConfig(liveRoute)
  @Requires('board:read')
  @ShowsNoTicket('figures alone')
  events(
    @CurrentPrincipal() principal: Principal,
    @Req() request: FastifyRequest,
    @CurrentAccessEnd() { endsAt, whenRevoked }: AccessEnd,
  ): Observable<MessageEvent> {
    const revoked = new Observable<void>((subscriber) => whenRevoked(() => subscriber.next()));
    const over = merge(timer(msUntil(endsAt)), revoked);
    return this.live.watch(pageLanguageOf(request), audienceOf(principal)).pipe(
      takeUntil(over),
      map((data) => ({ data })),
    );
  }
}
