import { Controller, Get, Headers, Inject, Query, Req, Res } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { ApiBearerAuth, ApiOkResponse, ApiOperation, ApiProduces, ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import {
  CurrentPrincipal,
  isPublicReader,
  OpenToReaders,
  type Principal,
  ShowsNoTicket,
} from '../../access/index.js';
import { ReadPublishedBulletins } from '../../billets-quotidiens/index.js';
import { SETTINGS } from '../../config/settings.module.js';
import type { Settings } from '../../config/settings.js';
import { EventStore } from '../../platform/event-store/event-store.js';
import { varyBy } from '../../platform/http/negotiation/vary.js';
import { ApiAnswers } from '../../platform/http/openapi.js';
import { minPositionQuery } from '../../platform/positions.js';
import { spokenLanguage } from '../../platform/http/request-context.js';
import { DomainError } from '../../shared/problems/domain-error.js';
import { languages } from '../../shared/text/text.js';
import { uuidFromName } from '../../platform/uuid-from-name.js';
import { bulletinSchema } from '../bulletin.view.js';
import { feedOf, feedType } from '../rendering/feed.js';
import { mediaTypes } from '../rendering/formats.js';
import { Printing } from '../rendering/printing.js';
import { BulletinRepository } from '../repository/bulletin-repository.js';
import { BulletinForms, readQuery, waitedFor, type ReadQuery } from './bulletin-forms.js';

const feedQuery = minPositionQuery.extend({
  lang: z.enum(languages).optional().describe('Goes before Accept-Language'),
});
const maxFeedBulletins = 30;
const feedNamespace = '6e1f6b0e-7a55-5d0c-9f43-0a4a3a1f2b77';

/** The routes that tell what is new, to readers who know no dates. */
@ApiTags('bulletins')
@ApiBearerAuth()
@Controller('v1/bulletins')
export class NewestBulletinsController {
  constructor(
    private readonly queries: QueryBus,
    private readonly bulletins: BulletinRepository,
    private readonly forms: BulletinForms,
    private readonly printing: Printing,
    private readonly store: EventStore,
    @Inject(SETTINGS) private readonly settings: Settings,
  ) {}

  @Get('latest')
  @OpenToReaders()
  @ShowsNoTicket('figures and texts of producers')
  @ApiAnswers('The published bulletin with the newest date, as by its own address', bulletinSchema)
  @ApiProduces(...Object.values(mediaTypes))
  async latest(
    @Query({ schema: readQuery }) query: ReadQuery,
    @Headers('accept') accept: string | undefined,
    @CurrentPrincipal() principal: Principal,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    const [date] = await this.queries.execute(
      new ReadPublishedBulletins('date', 1, waitedFor(query, principal)),
    );
    if (date === undefined) throw new DomainError('nothing-published');
    void reply.header('Content-Location', `/v1/bulletins/${date}`);
    return this.forms.answer(date, { query, accept, reply, principal });
  }

  @Get('feed.atom')
  @OpenToReaders()
  @ShowsNoTicket('figures and texts of producers')
  @ApiOperation({ summary: 'Bulletins, their revisions and withdrawals as an Atom feed' })
  @ApiOkResponse({ description: 'Atom (RFC 4287)', content: { [feedType]: { schema: { type: 'string' } } } })
  async feed(
    @Query({ schema: feedQuery }) query: z.output<typeof feedQuery>,
    @CurrentPrincipal() principal: Principal,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<string> {
    const language = query.lang ?? spokenLanguage(request);
    const read = new ReadPublishedBulletins('change', maxFeedBulletins, waitedFor(query, principal));
    const dates = await this.queries.execute(read);
    const bulletins = await Promise.all(dates.map((date) => this.bulletins.written(date)));
    const log = await this.store.identity();
    varyBy(reply, 'Accept-Language');
    void reply.header('Content-Language', language).type(`${feedType}; charset=utf-8`);
    return feedOf({
      bulletins,
      namesPeople: !isPublicReader(principal),
      style: this.printing.styleIn(language),
      origin: this.settings.publicUrl ?? `${request.protocol}://${request.host}`,
      urnOf: (...names) => `urn:uuid:${uuidFromName([log, ...names].join('/'), feedNamespace)}`,
    });
  }
}
