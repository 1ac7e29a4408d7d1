import { Controller, Get, Param, Query, Req, Res } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { ApiBearerAuth, ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { LogsAccess, Requires } from '../../access/index.js';
import { BegunDays, Establishments, requestedEstablishment, basisQuery } from '../../establishments/index.js';
import { ApiAnswers } from '../../platform/http/openapi.js';
import { linkNext, pagingQuery, readCursor, writeCursor } from '../../platform/http/paging.js';
import { cursorPositionSchema, minPositionQuery } from '../../platform/positions.js';
import { line } from '../../platform/text-schema.js';
import { daySchema } from '../../calendar/day-schema.js';
import { countedFigures } from '../figures.js';
import { figureItemsSchema } from './figures.view.js';
import { asOfQuery, isOneAsOf, AsOfResolver, notBoth } from '../queries/as-of-resolver.js';
import { behindMember } from '../queries/behind.js';
import { FiguresProgress } from '../queries/figures-progress.js';
import { ReadFigureItems } from '../queries/read-figure-items.js';
import { ReadKnownPosition, sourcesOf } from '../queries/read-known-position.js';

const itemsQuery = minPositionQuery
  .extend({
    figure: z.enum([...countedFigures, 'backlog']),
    establishment: line(200).optional(),
    ...basisQuery,
    ...asOfQuery,
    ...pagingQuery,
  })
  .refine(isOneAsOf, notBoth);
type ItemsQuery = z.output<typeof itemsQuery>;

/** A cursor. Every page shows what was known when the first was read, so that the deltas add up even if events come meanwhile. */
const cursorSchema = z.strictObject({ after: cursorPositionSchema, known: cursorPositionSchema });

@ApiTags('billets-quotidiens')
@ApiBearerAuth()
@LogsAccess('figure')
@Controller('v1/billets-quotidiens')
export class FigureItemsController {
  constructor(
    private readonly queries: QueryBus,
    private readonly known: AsOfResolver,
    private readonly establishments: Establishments,
    private readonly begun: BegunDays,
    private readonly progress: FiguresProgress,
  ) {}

  @Get(':date/tickets')
  @Requires('figures:read')
  @ApiAnswers('The tickets and events that make up a figure of a day', figureItemsSchema)
  async items(
    @Param('date', { schema: daySchema }) date: string,
    @Query({ schema: itemsQuery }) query: ItemsQuery,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    const { figure, basis, limit } = query;
    const establishment = requestedEstablishment(this.establishments, query.establishment);
    this.begun.assertBegun(date, { establishment, basis });
    const { after, known } = await this.placeOf(query);
    const readItems = new ReadFigureItems(date, figure, establishment, known, { after, limit }, basis);
    const isNow = query.asOf === undefined && query.asOfPosition === undefined;
    const [behind, { items, more }] = await Promise.all([
      isNow ? this.progress.behind(sourcesOf(figure)) : undefined,
      this.queries.execute(readItems),
    ]);
    const last = more ? items.at(-1) : undefined;
    const position = String(known);
    const rest = { position, ...behindMember(behind) };
    const next = last && writeCursor({ after: last.position, known: position });
    const nextCursor = linkNext(request, reply, next);
    return { items, nextCursor, ...rest };
  }

  private async placeOf(query: ItemsQuery): Promise<{ after: bigint; known: bigint }> {
    const cursor = query.cursor === undefined ? undefined : readCursor(query.cursor, cursorSchema);
    const request = cursor ? { asOfPosition: cursor.known } : query;
    const asOf = await this.known.waitForPosition(sourcesOf(query.figure), request);
    if (cursor) return { after: BigInt(cursor.after), known: BigInt(cursor.known) };
    if (asOf && 'position' in asOf) return { after: 0n, known: asOf.position };
    const known = await this.queries.execute(new ReadKnownPosition(query.figure, asOf?.instant));
    return { after: 0n, known };
  }
}
