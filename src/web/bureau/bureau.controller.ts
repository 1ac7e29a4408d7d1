import { Controller, Get, Param, Query, Req, Res, UseFilters } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import {
  CurrentPrincipal,
  isAllowed,
  type Principal,
  Requires,
  ShowsNoTicket,
  SignIn,
} from '../../access/index.js';
import { Establishments } from '../../establishments/index.js';
import { Public } from '../../platform/http/public.js';
import { keepLanguage, languageQuery, pageLanguageOf, type LanguageQuery } from '../page/page-language.js';
import { formActions, sendPageHeaders } from '../page/page-headers.js';
import { PageProblemFilter } from '../page/problems/page-problem.filter.js';
import { strictPolicy } from '../page/strict-policy.js';
import { bureauFiles } from './bureau.files.js';
import { bureauPage, type DeskData } from './bureau.page.js';

/** The agents' page: a program in the browser, which asks the API for every ticket that it shows. */
@ApiExcludeController()
@UseFilters(PageProblemFilter)
@Controller('bureau')
export class BureauController {
  constructor(
    private readonly establishments: Establishments,
    private readonly signIn: SignIn,
  ) {}

  @Get()
  @Requires('tickets:bulk')
  @ShowsNoTicket('the page alone; its script asks the API for tickets')
  page(
    @Query({ schema: languageQuery }) query: LanguageQuery,
    @CurrentPrincipal() principal: Principal,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): string {
    keepLanguage(reply, query);
    const language = pageLanguageOf(request);
    const policy = strictPolicy(formActions(this.signIn.signsOutAt));
    sendPageHeaders(reply, { policy, language });
    return bureauPage({
      ...{ person: principal.id, language, reports: isAllowed(principal, 'reports:read') },
      establishments: this.establishmentsFor(principal),
    });
  }

  @Get(':name')
  @Public()
  file(@Param('name') name: string, @Res({ passthrough: true }) reply: FastifyReply): Buffer {
    return bureauFiles.send(name, reply);
  }

  private establishmentsFor({ establishments: own }: Principal): DeskData['establishments'] {
    return this.establishments.all.map(({ code, name, sites }) => ({
      ...{ code, name, isOwn: own === 'all' || own.has(code) },
      sites: sites.map((site) => ({ code: site.code, name: site.name })),
    }));
  }
}
