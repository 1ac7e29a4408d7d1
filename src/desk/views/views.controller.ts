import { Body, Controller, Delete, Get, Headers, Param, Put, Query, Req, Res } from '@nestjs/common';
import { ApiBearerAuth, ApiHeader, ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { CurrentPrincipal, type Principal, Requires, ShowsNoTicket } from '../../access/index.js';
import { entityTagOf, parseIfMatch } from '../../platform/http/if-match.js';
import { ApiAnswers } from '../../platform/http/openapi.js';
import { linkNext, pageShape, pagingQuery, readCursor, writeCursor } from '../../platform/http/paging.js';
import { minPositionQuery, waitForPosition } from '../../platform/positions.js';
import { Projections } from '../../platform/projections/projections.js';
import { spokenLanguage } from '../../platform/http/request-context.js';
import { type AnswerLanguage } from '../../platform/http/request-parameters.js';
import { bilingual } from '../../shared/text/bilingual.js';
import { keptCursorSchema, Preferences } from '../../preferences/index.js';
import { viewIdSchema } from '../list/view-id.js';
import { TicketList } from '../list/ticket-list.projection.js';
import { TicketSearch } from '../search/indexing/ticket-search.projection.js';
import { builtInQueues } from './built-in-queues.js';
import { ViewCounts } from './view-counts.js';
import { viewBody, viewSchema, type SavedView, type ViewAnswer, type ViewBody } from './view.schema.js';
import { Views, type View } from './views.js';

/** The most views that are counted for one answer. */
const maxCounted = 100;

const viewsQuery = minPositionQuery
  .extend({
    counts: z.enum(['true', 'false']).optional().describe('Tell how many tickets each view lists for you'),
    ...pagingQuery,
  })
  .refine(({ counts, limit }) => counts !== 'true' || limit <= maxCounted, {
    path: ['limit'],
    error: () =>
      bilingual({
        fr: `avec «counts=true», au plus ${maxCounted}`,
        en: `with «counts=true», at most ${maxCounted}`,
      }),
  });

const viewListSchema = z
  .object({
    items: z
      .array(viewSchema)
      .describe(
        'The built-in queues, on the first page and beyond its limit; then yours; then those of others',
      ),
    ...pageShape,
  })
  .meta({ id: 'ViewList' });

const deletedSchema = z.object({ id: z.guid(), deleted: z.literal(true) }).meta({ id: 'DeletedView' });

const IfMatch = ApiHeader({
  name: 'If-Match',
  required: false,
  description: 'The ETag of the view that was decided on; 412 when it has changed.',
});

/** Saved views of the list of tickets. */
@ApiTags('views')
@ApiBearerAuth()
@Requires('tickets:read')
@ShowsNoTicket('filters and counts; the list by a view is in the log')
@Controller('v1/views')
export class ViewsController {
  constructor(
    private readonly views: Views,
    private readonly preferences: Preferences,
    private readonly counts: ViewCounts,
    private readonly projections: Projections,
  ) {}

  @Get()
  @ApiAnswers('The views that you may see', viewListSchema)
  async list(
    @Query({ schema: viewsQuery }) query: z.output<typeof viewsQuery>,
    @CurrentPrincipal() principal: Principal,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    const language = () => spokenLanguage(request);
    const after = query.cursor === undefined ? undefined : readCursor(query.cursor, keptCursorSchema);
    const { limit } = query;
    const page = await this.preferences.page<SavedView>('view', principal, { after, limit });
    const nextCursor = linkNext(request, reply, page.next && writeCursor(page.next));
    const views: View[] = [...(after ? [] : builtInQueues), ...page.items];
    if (query.counts !== 'true')
      return { items: views.map((view) => viewAnswer(view, language)), nextCursor };
    await waitForPosition(query.minPosition, (position, timeoutMs) =>
      this.projections.waitForPositions([TicketList, TicketSearch], position, timeoutMs),
    );
    const counts = await this.counts.of(views, principal);
    return {
      items: views.map((view, at) => ({ ...viewAnswer(view, language), count: counts[at] })),
      nextCursor,
    };
  }

  @Get(':id')
  @ApiAnswers('A view', viewSchema)
  async read(
    @Param('id', { schema: viewIdSchema }) id: string,
    @CurrentPrincipal() principal: Principal,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<ViewAnswer> {
    return tagged(await this.views.find(id, principal), reply);
  }

  @Put(':id')
  @ApiAnswers('Save a view under an id of your own making, or replace it', viewSchema, { created: true })
  @IfMatch
  async write(
    @Param('id', { schema: viewIdSchema }) id: string,
    @Body({ schema: viewBody }) body: ViewBody,
    @CurrentPrincipal() principal: Principal,
    @Headers('if-match') ifMatch: string | undefined,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<ViewAnswer> {
    const context = { principal, ifMatch: parseIfMatch(ifMatch) };
    const { view, isNew } = await this.views.write(id, body, context);
    void reply.status(isNew ? 201 : 200);
    return tagged(view, reply);
  }

  @Delete(':id')
  @ApiAnswers('Delete a view of yours', deletedSchema)
  @IfMatch
  async delete(
    @Param('id', { schema: viewIdSchema }) id: string,
    @CurrentPrincipal() principal: Principal,
    @Headers('if-match') ifMatch: string | undefined,
  ): Promise<z.output<typeof deletedSchema>> {
    await this.views.delete(id, { principal, ifMatch: parseIfMatch(ifMatch) });
    return { id, deleted: true };
  }
}

const tagged = (view: View, reply: FastifyReply): ViewAnswer => {
  if ('revision' in view) void reply.header('ETag', entityTagOf(view.revision));
  return viewAnswer(view, () => spokenLanguage(reply.request));
};

const viewAnswer = (view: View, language: AnswerLanguage): ViewAnswer => {
  const { id, content } = view;
  const what = { filter: content.filter, sort: content.sort ?? null };
  if (!('revision' in view)) {
    const nobodys = { author: null, revision: null, updatedAt: null };
    return {
      id,
      name: view.name[language()],
      ...what,
      shared: 'team',
      builtIn: true,
      mine: false,
      ...nobodys,
    };
  }
  const { isMine: mine, shared, author, revision, updatedAt } = view;
  return {
    ...{ id, name: view.content.name, ...what, shared: shared ? 'team' : 'me', builtIn: false, mine },
    ...{ author, revision, updatedAt: updatedAt.toISOString() },
  };
};
