import { Controller, Get, Query } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { ApiBearerAuth, ApiTags } from '@nestjs/swagger';
import { z } from 'zod';
import { Requires, ShowsNoTicket } from '../../access/index.js';
import { Establishments, requestedEstablishment } from '../../establishments/index.js';
import { ApiAnswers } from '../../platform/http/openapi.js';
import { minPositionQuery } from '../../platform/positions.js';
import { line } from '../../platform/text-schema.js';
import { ActivitySpells } from '../projections/activity-spells.projection.js';
import { backlogSchema } from './figures.view.js';
import { AsOfResolver, pastInstantSchema } from '../queries/as-of-resolver.js';
import { behindMember, type Behind } from '../queries/behind.js';
import { FiguresProgress } from '../queries/figures-progress.js';
import { ReadBacklog, type Backlog } from '../queries/read-backlog.js';

const backlogQuery = minPositionQuery.extend({
  at: pastInstantSchema.describe('The instant, by when things happened; late events count where they belong'),
  establishment: line(200).optional(),
});

@ApiTags('billets-quotidiens')
@ApiBearerAuth()
@ShowsNoTicket('figures alone')
@Controller('v1/backlog')
export class BacklogController {
  constructor(
    private readonly queries: QueryBus,
    private readonly known: AsOfResolver,
    private readonly establishments: Establishments,
    private readonly progress: FiguresProgress,
  ) {}

  @Get()
  @Requires('figures:read')
  @ApiAnswers('The tickets active at an instant, by establishment, priority and age', backlogSchema)
  async backlog(
    @Query({ schema: backlogQuery }) query: z.output<typeof backlogQuery>,
  ): Promise<Backlog & { behind?: Behind }> {
    const establishment = requestedEstablishment(this.establishments, query.establishment);
    await this.known.resolve([ActivitySpells], query.at, query.minPosition);
    const [behind, backlog] = await Promise.all([
      this.progress.behind([ActivitySpells]),
      this.queries.execute(new ReadBacklog(query.at, establishment)),
    ]);
    return { ...backlog, ...behindMember(behind) };
  }
}
