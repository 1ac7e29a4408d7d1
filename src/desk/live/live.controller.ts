import { Controller, Get, Query, Req, Res } from '@nestjs/common';
import { ApiBearerAuth, ApiHeader, ApiProduces, ApiTags } from '@nestjs/swagger';
import { RouteConfig } from '@nestjs/platform-fastify';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { AccessEndsAt, CurrentPrincipal, Requires } from '../../access/access.guard.js';
import { may, type Principal } from '../../access/permissions.js';
import { Establishments } from '../../establishments/establishments.js';
import { EventStore } from '../../platform/event-store/event-store.js';
import { liveRoute } from '../../platform/http/create-http.js';
import { Answers } from '../../platform/http/openapi.js';
import { awaitPosition, logReaches, positionSchema } from '../../platform/http/positions.js';
import { Problem } from '../../platform/http/problem.js';
import { line } from '../../platform/http/text.js';
import { fieldErrors } from '../../platform/http/validation.js';
import { reachWithin } from '../reach.js';
import { LiveConnection } from './live-connection.js';
import { LiveTickets } from './live-tickets.js';
import { liveNewsSchema } from './live.view.js';

const liveQuery = z.strictObject({
  establishment: line(200).optional().describe('Code, official name or alias; one of yours'),
});
type LiveQuery = z.output<typeof liveQuery>;

@ApiTags('tickets')
@ApiBearerAuth()
@Controller('v1/events')
export class LiveController {
  constructor(
    private readonly live: LiveTickets,
    private readonly store: EventStore,
    private readonly establishments: Establishments,
  ) {}

  @Get()
  @RouteConfig(liveRoute)
  @Requires('tickets:read')
  @ApiProduces('text/event-stream')
  @ApiHeader({
    name: 'Last-Event-ID',
    required: false,
    description:
      'Everything after this position; without it, exactly what comes after the end of the log as it was when the connection was answered',
    schema: { type: 'string' },
  })
  @Answers(
    'Live changes of the tickets of your establishments (Server-Sent Events): here the data of each. ' +
      'The first message is an `id:` alone: the position after which everything is told, and nothing before it. ' +
      'A ticket that is not at your establishments any more is told of as gone, also by changes from when it was',
    liveNewsSchema,
  )
  async events(
    @Query({ schema: liveQuery }) { establishment }: LiveQuery,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
    @CurrentPrincipal() principal: Principal,
    @AccessEndsAt() endsAt: number,
  ): Promise<void> {
    const reach = reachWithin(principal, this.establishments, establishment);
    const after = positionOf(request.headers['last-event-id']);
    await awaitPosition(after, logReaches(this.store));
    void reply.header('Content-Type', 'text/event-stream; charset=utf-8');
    void reply.header('Cache-Control', 'no-store');
    // Proxies that gather what they pass on would keep it from being live.
    void reply.header('X-Accel-Buffering', 'no');
    if (request.method === 'HEAD') {
      void reply.send();
      return;
    }
    const head = await this.store.lastPosition();
    const start = { after: after === undefined ? head : BigInt(after), head };
    await this.live.open(start);
    const { raw } = reply.hijack();
    raw.writeHead(200, reply.getHeaders() as Record<string, string>);
    const viewer = { reach, internal: may(principal, 'tickets:internal-notes') };
    await this.live.follow(new LiveConnection(raw, viewer, endsAt), start);
  }
}

/** Throws `malformed`. */
const positionOf = (header: string | string[] | undefined): string | undefined => {
  if (header === undefined || header === '') return undefined;
  const { data, error } = positionSchema.safeParse(header);
  if (error) throw new Problem('malformed', { errors: fieldErrors(error.issues, 'Last-Event-ID') });
  return data;
};
