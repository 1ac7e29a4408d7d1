import { Controller, HttpCode, Post, Res, UseFilters } from '@nestjs/common';
import { RouteConfig } from '@nestjs/platform-fastify';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { Requires, ShowsNoTicket } from '../../access/index.js';
import type { FormConfig } from '../../platform/http/forms/form-route.js';
import { seeOther } from '../page/page-frame.js';
import { PageProblemFilter } from '../page/problems/page-problem.filter.js';
import { Simulation } from './simulation.js';

/** Buttons alone. */
const formRoute: FormConfig & { bodyLimit: number } = { takesForms: true, bodyLimit: 1_024 };

/** The buttons of the demo's bar, which `npm run demo -- --pause` presses too. */
@ApiExcludeController()
@UseFilters(PageProblemFilter)
@ShowsNoTicket('pauses the demo')
@Controller('demonstration')
export class DemonstrationController {
  constructor(private readonly simulation: Simulation) {}

  @Post('pause')
  @HttpCode(303)
  @RouteConfig(formRoute)
  @Requires('figures:read')
  pause(@Res({ passthrough: true }) reply: FastifyReply): string {
    this.simulation.pause();
    return seeOther(reply, '/');
  }

  @Post('resume')
  @HttpCode(303)
  @RouteConfig(formRoute)
  @Requires('figures:read')
  resume(@Res({ passthrough: true }) reply: FastifyReply): string {
    this.simulation.resume();
    return seeOther(reply, '/');
  }
}
