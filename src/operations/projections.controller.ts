import { Controller, Delete, Get, HttpCode, Param, Post } from '@nestjs/common';
import { ApiBearerAuth, ApiTags } from '@nestjs/swagger';
import { Requires, ShowsNoTicket } from '../access/index.js';
import { EventStore } from '../platform/event-store/event-store.js';
import { ApiAnswers } from '../platform/http/openapi.js';
import { Problem } from '../platform/http/problems/problem.js';
import { NoRebuild, OtherVersion, RebuildUnderWay } from '../platform/projections/rebuild/generations.js';
import { projectionStatuses } from '../platform/projections/status/projection-status.js';
import { Projections } from '../platform/projections/projections.js';
import { projectionSchema, projectionsSchema, projectionView } from './projections.view.js';

/** The routes of projections, for those who run the servers. */
@ApiTags('operations')
@ApiBearerAuth()
@ShowsNoTicket('how far projections are')
@Controller('v1/admin/projections')
export class ProjectionsController {
  constructor(
    private readonly projections: Projections,
    private readonly store: EventStore,
  ) {}

  @Get()
  @Requires('operations:read')
  @ApiAnswers('Each projection: how far it is, who leads it, and how its rebuild goes', projectionsSchema)
  async all() {
    return { items: await this.views() };
  }

  @Get(':name')
  @Requires('operations:read')
  @ApiAnswers('One projection', projectionSchema)
  async one(@Param('name') name: string) {
    const found = (await this.views()).find((view) => view.name === name);
    if (!found) throw new Problem('projection-not-found');
    return found;
  }

  @Post(':name/rebuild')
  @HttpCode(202)
  @Requires('operations:run')
  @ApiAnswers(
    'Makes its rows anew beside those that are served, which they replace once they are as far',
    projectionSchema,
    { accepted: true },
  )
  async rebuild(@Param('name') name: string) {
    const projection = this.projections.find(name);
    if (!projection) throw new Problem('projection-not-found');
    await this.request(this.projections.generations.rebuild(projection));
    return this.one(name);
  }

  @Delete(':name/rebuild')
  @Requires('operations:run')
  @ApiAnswers('Cancels its rebuild; what is served stays as it is', projectionSchema)
  async cancel(@Param('name') name: string) {
    if (!this.projections.find(name)) throw new Problem('projection-not-found');
    await this.request(this.projections.generations.cancelRebuild(name));
    return this.one(name);
  }

  private async views() {
    return (await projectionStatuses(this.projections, this.store)).map(projectionView);
  }

  private async request(change: Promise<unknown>): Promise<void> {
    try {
      await change;
    } catch (error) {
      if (error instanceof RebuildUnderWay) throw new Problem('rebuild-under-way');
      if (error instanceof NoRebuild) throw new Problem('no-rebuild');
      if (error instanceof OtherVersion) throw new Problem('newer-version-served');
      throw error;
    }
    await this.projections.notify();
  }
}
