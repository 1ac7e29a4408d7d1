import { Controller, Get, Param, Query, Req, Res, UseFilters } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import {
  CurrentPrincipal,
  isPublicReader,
  LogsAccess,
  OpenToReaders,
  type Principal,
  Requires,
  ShowsNoTicket,
} from '../../../access/index.js';
import { ReadPublishedBulletins } from '../../../billets-quotidiens/index.js';
import {
  BulletinRepository,
  type BulletinSnapshot,
  isWritten,
  type WrittenSnapshot,
  listItem,
} from '../../../bulletins/index.js';
import { daySchema } from '../../../calendar/day-schema.js';
import { Establishments } from '../../../establishments/index.js';
import { dayAfter, dayBefore, type Day } from '../../../calendar/local-days.js';
import { languageQuery, type LanguageQuery } from '../../page/page-language.js';
import { PageProblemFilter } from '../../page/problems/page-problem.filter.js';
import { PageFrame, seeOther } from '../../page/page-frame.js';
import { ReadTasks } from '../../tasks/read-tasks.js';
import { newestAddress, newestNames } from '../../../shared/bulletin-addresses.js';
import { DomainError } from '../../../shared/problems/domain-error.js';
import type { Language } from '../../../shared/text/text.js';
import { printAddress } from './printed-card.js';
import { ReadBulletinState } from './bulletin-state.js';
import { bulletinWordsIn } from '../bulletin-words.js';
import { bulletinMain, donePublishingWords, unwrittenMain, type DonePublishing } from './bulletin.page.js';
import { listMain } from './list.page.js';
import { amongBulletins, bulletinTitle } from '../titles.js';

const listedDays = 31;
const notFound = 404;
const listQuery = languageQuery.extend({
  to: daySchema.optional(),
  done: z.literal('deleted').optional().catch(undefined),
});
const openQuery = z.object({ date: daySchema });
/** As many bulletins dated ahead as a list shows: readers are led to the newest of them, which is most likely a mistake. */
const maxAhead = 20;
const dones = Object.keys(donePublishingWords) as DonePublishing[];
const bulletinQuery = languageQuery.extend({ done: z.enum(dones).optional().catch(undefined) });

/** Whoever has not signed in reads the bulletin as it is printed. Throws `bulletin-not-found` for what was never published. */
const publicAddress = ({ date, bulletin }: BulletinSnapshot, language: Language): string => {
  const isPublished = bulletin.status !== 'unwritten' && bulletin.publications.length > 0;
  if (!isPublished) throw new DomainError('bulletin-not-found');
  return printAddress(date, language);
};

/** The list of bulletins, and the page of each bulletin. */
@ApiExcludeController()
@UseFilters(PageProblemFilter)
@Controller('bulletins')
export class BulletinPagesController {
  constructor(
    private readonly bulletins: BulletinRepository,
    private readonly state: ReadBulletinState,
    private readonly tasks: ReadTasks,
    private readonly establishments: Establishments,
    private readonly frame: PageFrame,
    private readonly queries: QueryBus,
  ) {}

  @Get()
  @Requires('bulletins:read')
  @ShowsNoTicket('figures and texts of producers')
  async list(
    @Query({ schema: listQuery }) query: z.output<typeof listQuery>,
    @CurrentPrincipal() principal: Principal,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<string> {
    const visit = this.frame.visit(request, reply, principal, query);
    const today = this.frame.today();
    // The list includes tomorrow, whose bulletin may already be a draft.
    const until = query.to ?? dayAfter(today);
    const from = dayBefore(until, listedDays - 1);
    const [ahead, written] = await Promise.all([
      query.to === undefined ? this.publishedAfter(until) : [],
      this.bulletins.writtenBetween(from, until),
    ]);
    const items = [...written, ...ahead].map(listItem).reverse();
    const to = ahead.at(-1)?.date ?? until;
    const main = listMain(
      {
        ...{ items, from, to, today, next: await this.next(today), tasks: await this.tasks.readSoon() },
        timeZone: this.establishments.reportingTimeZone,
        isDeleted: query.done === 'deleted',
        isOpen: this.frame.hasOpenBulletins,
      },
      visit,
    );
    const title = bulletinWordsIn(visit.language)('bulletins');
    return this.frame.send(visit, { ...amongBulletins, title, main });
  }

  /** Redirects to the bulletin of a date; where there is none, to the editor. */
  @Get('open')
  @Requires('bulletins:read')
  @ShowsNoTicket('figures and texts of producers')
  async open(
    @Query({ schema: openQuery }) { date }: z.output<typeof openQuery>,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const snapshot = await this.bulletins.snapshot(date);
    void reply.redirect(`/bulletins/${date}${isWritten(snapshot) ? '' : '/edit'}`, 303);
  }

  /** Redirects to the published bulletin with the newest date, in the language of the address unless another is asked for. */
  @Get(Object.values(newestNames))
  @OpenToReaders()
  @ShowsNoTicket('figures and texts of producers')
  async newest(
    @Query({ schema: languageQuery }) { lang }: LanguageQuery,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<string> {
    const [date] = await this.queries.execute(new ReadPublishedBulletins('date', 1, undefined));
    if (date === undefined) throw new DomainError('nothing-published');
    const isEnglish = request.url.startsWith(newestAddress('en'));
    return seeOther(reply, `/bulletins/${date}?lang=${lang ?? (isEnglish ? 'en' : 'fr')}`);
  }

  @Get(':date')
  @OpenToReaders()
  @LogsAccess('revisions')
  async page(
    @Param('date', { schema: daySchema }) date: string,
    @Query({ schema: bulletinQuery }) query: z.output<typeof bulletinQuery>,
    @CurrentPrincipal() principal: Principal,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<string> {
    const visit = this.frame.visit(request, reply, principal, query);
    const snapshot = await this.bulletins.snapshot(date);
    if (isPublicReader(principal)) return seeOther(reply, publicAddress(snapshot, visit.language));
    if (!isWritten(snapshot)) void reply.status(notFound);
    const main = isWritten(snapshot)
      ? bulletinMain(await this.state.of(snapshot), visit, query.done)
      : unwrittenMain(date, visit);
    const title = bulletinTitle(date, visit.language);
    return this.frame.send(visit, { ...amongBulletins, title, main });
  }

  /** The bulletins that are published and dated after a day, by date. */
  private async publishedAfter(day: Day): Promise<WrittenSnapshot[]> {
    const dates = await this.queries.execute(new ReadPublishedBulletins('date', maxAhead, undefined));
    return this.bulletins.writtenAt(dates.filter((date) => date > day).reverse());
  }

  /** The date of the next bulletin to write: today, or tomorrow once today's is written. */
  private async next(today: Day): Promise<Day> {
    return isWritten(await this.bulletins.snapshot(today)) ? dayAfter(today) : today;
  }
}
