import {
  Controller,
  Get,
  Optional,
  Query,
  Req,
  Res,
  Sse,
  UseFilters,
  type MessageEvent,
} from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import { RouteConfig } from '@nestjs/platform-fastify';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { map, merge, Observable, takeUntil, timer } from 'rxjs';
import {
  type AccessEnd,
  CurrentAccessEnd,
  CurrentPrincipal,
  type Principal,
  Requires,
  Sessions,
  ShowsNoTicket,
  SignIn,
  wallScreen,
} from '../../access/index.js';
import { liveRoute } from '../../platform/http/live-route.js';
import { Public } from '../../platform/http/public.js';
import { Problem } from '../../platform/http/problems/problem.js';
import { msUntil } from '../../shared/concurrency/ms-until.js';
import { Simulation } from '../demonstration/simulation.js';
import { framedBoard } from './board-frame.js';
import { layouts } from './layouts.js';
import { homeMain } from '../sign-in/home.page.js';
import { sendPage } from '../page/page-layout.js';
import { startPageOf } from '../page/menu.js';
import { PageFrame, seeOther } from '../page/page-frame.js';
import { LiveBoard } from './live-board.js';
import { keepLanguage, pageLanguageOf, languageQuery } from '../page/page-language.js';
import { PageProblemFilter } from '../page/problems/page-problem.filter.js';
import { ReadBoard } from './read-board.js';
import { ReadTasks } from '../tasks/read-tasks.js';
import { audienceOf, tasksFor } from '../tasks/task.js';
import { pageWordsIn } from '../page/words.js';

/** `?mur` shows the board as screens on walls do. */
const boardQuery = languageQuery.extend({ mur: z.string().optional() });
const eventsQuery = languageQuery.extend({ layout: z.enum(['desk', 'wall']).catch('desk') });

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
    @Optional() private readonly simulation?: Simulation,
  ) {}

  @Get()
  @Public()
  async page(
    @Query({ schema: boardQuery }) query: z.output<typeof boardQuery>,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<string> {
    keepLanguage(reply, query);
    const language = pageLanguageOf(request);
    const say = pageWordsIn(language);
    const session = await this.sessions.of(request);
    if (!session) {
      const main = homeMain(language, {
        offersSignIn: this.signIn.isOffered,
        hasOpenBulletins: this.frame.hasOpenBulletins,
        tour: this.simulation?.tour,
      });
      return sendPage(reply, { language, title: say('board'), script: 'home.js', main });
    }
    const { principal } = session;
    const startPage = startPageOf(principal);
    if (startPage === undefined) throw new Problem('role-not-allowed');
    if (startPage !== '/') return seeOther(reply, startPage);
    const isWall = query.mur !== undefined || principal.roles.includes(wallScreen);
    const audience = isWall ? [] : audienceOf(principal);
    const [read, tasks] = await Promise.all([
      this.board.read(),
      audience.length === 0 ? undefined : this.tasks.readSoon(),
    ]);
    const layout = layouts[isWall ? 'wall' : 'desk'];
    const board = layout.main(read, language, tasksFor(tasks?.tasks ?? [], audience));
    const { simulation } = this;
    const main = isWall ? board : framedBoard(board, { principal, simulation, language });
    const style = isWall ? ('wall.css' as const) : undefined;
    const parts = {
      title: say('board'),
      here: 'board',
      script: 'board.js',
      style,
      isBare: isWall,
      main,
    } as const;
    return this.frame.send({ principal, language, reply }, parts);
  }

  @Sse('board/events')
  @RouteConfig(liveRoute)
  @Requires('board:read')
  @ShowsNoTicket('figures alone')
  events(
    @CurrentPrincipal() principal: Principal,
    @Query({ schema: eventsQuery }) { layout }: z.output<typeof eventsQuery>,
    @Req() request: FastifyRequest,
    @CurrentAccessEnd() { endsAt, whenRevoked }: AccessEnd,
  ): Observable<MessageEvent> {
    const revoked = new Observable<void>((subscriber) => whenRevoked(() => subscriber.next()));
    const over = merge(timer(msUntil(endsAt)), revoked);
    const audience = layout === 'wall' ? [] : audienceOf(principal);
    return this.live.watch({ language: pageLanguageOf(request), layout, audience }).pipe(
      takeUntil(over),
      map((data) => ({ data })),
    );
  }
}
