import { Controller, Delete, Get, HttpCode, Param, Post } from '@nestjs/common';
import { ApiBearerAuth, ApiTags } from '@nestjs/swagger';
import { Requires, ShowsNoTicket } from '../access/index.js';
import { ApiAnswers } from '../platform/http/openapi.js';
import { ProjectionOperations } from './projection-operations.js';
import { projectionSchema, projectionsSchema, projectionView } from './projections.view.js';

/** The routes of projections, for those who run the servers. */
@ApiTags('operations')
@ApiBearerAuth()
@ShowsNoTicket('how far projections are')
@Controller('v1/admin/projections')
export class ProjectionsController {
  constructor(private readonly operations: ProjectionOperations) {}

  @Get()
  @Requires('operations:read')
  @ApiAnswers('Each projection: how far it is, who leads it, and how its rebuild goes', projectionsSchema)
  async all() {
    return { items: (await this.operations.statuses()).map(projectionView) };
  }

  @Get(':name')
  @Requires('operations:read')
  @ApiAnswers('One projection', projectionSchema)
  async one(@Param('name') name: string) {
    return projectionView(await this.operations.status(name));
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
    await this.operations.rebuild(name);
    return this.one(name);
  }

  @Delete(':name/rebuild')
  @Requires('operations:run')
  @ApiAnswers('Cancels its rebuild; what is served stays as it is', projectionSchema)
  async cancel(@Param('name') name: string) {
    await this.operations.cancelRebuild(name);
    return this.one(name);
  }
}
