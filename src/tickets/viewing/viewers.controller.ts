import { Controller, Delete, Param, Put } from '@nestjs/common';
import { RouteConfig } from '@nestjs/platform-fastify';
import { ApiBearerAuth, ApiTags } from '@nestjs/swagger';
import { z } from 'zod';
import { CurrentPrincipal, type Principal, Requires, ShowsNoTicket } from '../../access/index.js';
import { ApiAnswers } from '../../platform/http/openapi.js';
import { unattendedRoute } from '../../platform/http/unattended-route.js';
import { uuid } from '../execution/command-body.js';
import { Viewers, viewingSeconds } from './viewers.js';

const viewersSchema = z
  .object({
    others: z.array(z.string()).describe('The names of the other people who look at it now, each once'),
    seconds: z.int().describe('So long this is good for, unless it is said again'),
  })
  .meta({ id: 'Viewers' });

const leftSchema = z.object({ viewerId: z.guid(), left: z.literal(true) }).meta({ id: 'LeftViewer' });

/** Who looks at a ticket now: said by pages by themselves, for as long as the ticket is open in them. */
@ApiTags('tickets')
@ApiBearerAuth()
@Requires('tickets:bulk')
@ShowsNoTicket('names of people; whoever looks has read the ticket, which is in the log')
@Controller('v1/tickets/:ticketId/viewers/:viewerId')
export class ViewersController {
  constructor(private readonly viewers: Viewers) {}

  @Put()
  @RouteConfig(unattendedRoute)
  @ApiAnswers('Say that a page looks at this ticket, and at no other: who else does', viewersSchema)
  async look(
    @Param('ticketId', { schema: uuid }) ticketId: string,
    @Param('viewerId', { schema: uuid }) viewerId: string,
    @CurrentPrincipal() principal: Principal,
  ): Promise<z.output<typeof viewersSchema>> {
    return { others: await this.viewers.look(ticketId, viewerId, principal), seconds: viewingSeconds };
  }

  @Delete()
  @RouteConfig(unattendedRoute)
  @ApiAnswers('Say that the page looks no more', leftSchema)
  async leave(
    @Param('ticketId', { schema: uuid }) ticketId: string,
    @Param('viewerId', { schema: uuid }) viewerId: string,
    @CurrentPrincipal() principal: Principal,
  ): Promise<z.output<typeof leftSchema>> {
    await this.viewers.leave(ticketId, viewerId, principal);
    return { viewerId, left: true };
  }
}
