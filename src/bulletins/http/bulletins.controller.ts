import { Controller, Get, Headers, Inject, Param, Query, Req, Res } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { ApiBearerAuth, ApiOkResponse, ApiOperation, ApiProduces, ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { v5 as uuidFromName } from 'uuid';
import { z } from 'zod';
import { ReadPublishedBulletins } from '../../billets-quotidiens/index.js';
import { LogsAccess, Requires, ShowsNoTicket } from '../../access/index.js';
import { daySchema } from '../../calendar/day-schema.js';
import { countDays } from '../../calendar/local-days.js';
import { SETTINGS } from '../../config/settings.module.js';
import type { Settings } from '../../config/settings.js';
import { EventStore } from '../../platform/event-store/event-store.js';
import { ApiAnswers } from '../../platform/http/openapi.js';
import { minPositionQuery } from '../../platform/positions.js';
import { entityTagOf } from '../../platform/http/if-match.js';
import { varyBy } from '../../platform/http/negotiation/vary.js';
import { wantedForm } from '../../platform/http/negotiation/wanted-form.js';
import { currentLanguage, localized } from '../../platform/request-context.js';
import { DomainError } from '../../shared/problems/domain-error.js';
import { languages } from '../../shared/text.js';
import { bulletinSchema } from '../bulletin.view.js';
import { BulletinRepository, type WrittenSnapshot } from '../repository/bulletin-repository.js';
import { listItem, bulletinListSchema } from './list.view.js';
import { formats, mediaTypes } from '../rendering/forms.js';
import { feedOf, feedType } from '../rendering/feed.js';
import { BulletinPrinter } from '../rendering/bulletin-printer.js';
import { htmlPolicy } from '../rendering/html.js';
import { Printing } from '../rendering/printing.js';
import { revisionsSchema, revisionsView } from './revisions.view.js';
import { PublishedViews } from '../repository/published-views.js';
import { TicketDay } from '../repository/ticket-day.js';

const maxDays = 62;

const readQuery = minPositionQuery.extend({
  format: z.enum(formats).optional().describe('Goes before Accept'),
  lang: z.enum(languages).optional().describe('Goes before Accept-Language'),
  revision: z
    .union([
      z.literal('draft'),
      z
        .string()
        .regex(/^[1-9]\d{0,5}$/)
        .transform(Number),
    ])
    .optional()
    .describe(
      'A publication by its number, or `draft`; the newest publication, else the draft, where left out',
    ),
});

type ReadQuery = z.output<typeof readQuery>;

const feedQuery = minPositionQuery.extend({
  lang: z.enum(languages).optional().describe('Goes before Accept-Language'),
});
const maxFeedBulletins = 30;
const feedNamespace = '6e1f6b0e-7a55-5d0c-9f43-0a4a3a1f2b77';

const listQuery = z
  .strictObject({ from: daySchema, to: daySchema })
  .refine(({ from, to }) => from <= to, {
    path: ['to'],
    error: () => localized({ fr: 'avant «from»', en: 'before «from»' }),
  })
  .refine(({ from, to }) => countDays(from, to) <= maxDays, {
    path: ['to'],
    error: () =>
      localized({ fr: `au plus ${maxDays} jours à la fois`, en: `at most ${maxDays} days at a time` }),
  });

/** The routes that read bulletins, in each of their formats. */
@ApiTags('bulletins')
@ApiBearerAuth()
@Controller('v1/bulletins')
export class BulletinsController {
  constructor(
    private readonly bulletins: BulletinRepository,
    private readonly shown: PublishedViews,
    private readonly ticketDay: TicketDay,
    private readonly printing: Printing,
    private readonly printer: BulletinPrinter,
    private readonly queries: QueryBus,
    private readonly store: EventStore,
    @Inject(SETTINGS) private readonly settings: Settings,
  ) {}

  @Get()
  @Requires('bulletins:read')
  @ShowsNoTicket('figures and texts of producers')
  @ApiAnswers(
    'The bulletins of a range of dates, at most 62 days; dates without one are left out',
    bulletinListSchema,
  )
  async list(@Query({ schema: listQuery }) { from, to }: z.output<typeof listQuery>) {
    return { items: (await this.bulletins.writtenBetween(from, to)).map(listItem) };
  }

  @Get('latest')
  @Requires('bulletins:read')
  @ShowsNoTicket('figures and texts of producers')
  @ApiAnswers('The published bulletin with the newest date, as by its own address', bulletinSchema)
  @ApiProduces(...Object.values(mediaTypes))
  async latest(
    @Query({ schema: readQuery }) query: ReadQuery,
    @Headers('accept') accept: string | undefined,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    const [date] = await this.queries.execute(new ReadPublishedBulletins('date', 1, query.minPosition));
    if (date === undefined) throw new DomainError('nothing-published');
    void reply.header('Content-Location', `/v1/bulletins/${date}`);
    return this.answer(await this.bulletins.written(date), { query, accept, reply });
  }

  @Get('feed.atom')
  @Requires('bulletins:read')
  @ShowsNoTicket('figures and texts of producers')
  @ApiOperation({ summary: 'Bulletins, their revisions and withdrawals as an Atom feed' })
  @ApiOkResponse({ description: 'Atom (RFC 4287)', content: { [feedType]: { schema: { type: 'string' } } } })
  async feed(
    @Query({ schema: feedQuery }) query: z.output<typeof feedQuery>,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<string> {
    const language = query.lang ?? currentLanguage();
    const read = new ReadPublishedBulletins('change', maxFeedBulletins, query.minPosition);
    const dates = await this.queries.execute(read);
    const bulletins = await Promise.all(dates.map((date) => this.bulletins.written(date)));
    const log = await this.store.identity();
    varyBy(reply, 'Accept-Language');
    void reply.header('Content-Language', language).type(`${feedType}; charset=utf-8`);
    return feedOf({
      bulletins,
      style: { language, groupFourDigits: this.printing.groupFourDigits },
      origin: this.settings.publicUrl ?? `${request.protocol}://${request.host}`,
      urnOf: (...names) => `urn:uuid:${uuidFromName([log, ...names].join('/'), feedNamespace)}`,
    });
  }

  @Get(':date')
  @Requires('bulletins:read')
  @ShowsNoTicket('figures and texts of producers')
  @ApiAnswers('A bulletin, in the form asked for by Accept or ?format', bulletinSchema)
  @ApiProduces(...Object.values(mediaTypes))
  async read(
    @Param('date', { schema: daySchema }) date: string,
    @Query({ schema: readQuery }) query: ReadQuery,
    @Headers('accept') accept: string | undefined,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    return this.answer(await this.bulletins.written(date), { query, accept, reply });
  }

  private async answer(
    snapshot: WrittenSnapshot,
    { query, accept, reply }: { query: ReadQuery; accept: string | undefined; reply: FastifyReply },
  ) {
    const { date } = snapshot;
    const format = wantedForm(mediaTypes, accept, query.format);
    await this.ticketDay.waitForPosition(snapshot.bulletin.draft.ticketDay, query.minPosition);
    varyBy(reply, 'Accept', 'Accept-Language');
    void reply.header('Position', String(snapshot.position));
    if (format === 'json') {
      void reply.header('ETag', entityTagOf(snapshot.revision));
      return this.shown.view(snapshot, query.revision);
    }
    const language = query.lang ?? currentLanguage();
    const { groupFourDigits } = this.printing;
    const printed = await this.shown.document(snapshot, query.revision);
    const body = await this.printer.print({ format, printed, style: { language, groupFourDigits } });
    // The same revision looks otherwise in each form and language.
    void reply.header('ETag', `W/${entityTagOf(snapshot.revision)}`);
    void reply.header('Content-Language', language);
    void reply.header('Content-Disposition', `inline; filename="bulletin-${date}.${format}"`);
    void reply.header('X-Content-Type-Options', 'nosniff');
    if (format === 'html') void reply.header('Content-Security-Policy', htmlPolicy);
    void reply.type(typeof body === 'string' ? `${mediaTypes[format]}; charset=utf-8` : mediaTypes[format]);
    return body;
  }

  @Get(':date/revisions')
  @Requires('bulletins:read')
  @LogsAccess('revisions')
  @ApiAnswers(
    'Every publication, with what changed, by how much and because of which events',
    revisionsSchema,
  )
  async revisions(@Param('date', { schema: daySchema }) date: string) {
    return revisionsView((await this.bulletins.written(date)).bulletin);
  }
}
