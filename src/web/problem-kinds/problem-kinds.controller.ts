import { Controller, Get, Query, Req, Res, UseFilters } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { z } from 'zod';
import { Sessions } from '../../access/index.js';
import { Public } from '../../platform/http/public.js';
import { PageFrame } from '../page/page-frame.js';
import { keepLanguage, languageQuery, pageLanguageOf } from '../page/page-language.js';
import { sendPage } from '../page/page-layout.js';
import { PageProblemFilter } from '../page/problems/page-problem.filter.js';
import { problemKindsMain, problemKindsTitle } from './problem-kinds.page.js';

/** What `/problems` tells programs, for people. */
@ApiExcludeController()
@Public()
@UseFilters(PageProblemFilter)
@Controller('problemes')
export class ProblemKindsController {
  constructor(
    private readonly sessions: Sessions,
    private readonly frame: PageFrame,
  ) {}

  @Get()
  async page(
    @Query({ schema: languageQuery }) query: z.output<typeof languageQuery>,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<string> {
    keepLanguage(reply, query);
    const language = pageLanguageOf(request);
    const session = await this.sessions.of(request);
    return sendPage(reply, {
      language,
      title: problemKindsTitle[language],
      signedIn: session && this.frame.signedIn(session.principal),
      main: problemKindsMain(language),
    });
  }
}
