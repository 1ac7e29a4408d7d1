import { Controller, Get, Query, Req, Res } from '@nestjs/common';
import { ApiBearerAuth, ApiHeader, ApiProduces, ApiTags } from '@nestjs/swagger';
import { RouteConfig } from '@nestjs/platform-fastify';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import {
  type AccessEnd,
  AccessRecorder,
  CurrentAccessEnd,
  CurrentPrincipal,
  isAllowed,
  LogsAccess,
  type Principal,
  Requires,
} from '../../access/index.js';
import { Establishments } from '../../establishments/index.js';
import { EventStore } from '../../platform/event-store/event-store.js';
import { liveRoute } from '../../platform/http/live-route.js';
import { ApiAnswers } from '../../platform/http/openapi.js';
import { Problem } from '../../platform/http/problems/problem.js';
import { line } from '../../platform/text-schema.js';
import { Projections } from '../../platform/projections/projections.js';
import { scopeWithin } from '../scope.js';
import { readEventId, type EventId } from './event-id.js';
import { LiveConnection } from './live-connection.js';
import { LiveTickets, type LiveStart } from './live-tickets.js';
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
    private readonly projections: Projections,
    private readonly establishments: Establishments,
    private readonly accesses: AccessRecorder,
  ) {}

  @Get()
  @RouteConfig(liveRoute)
  @Requires('tickets:read')
  @LogsAccess('live')
  @ApiProduces('text/event-stream')
  @ApiHeader({
    name: 'Last-Event-ID',
    required: false,
    description:
      'The last `id:`, or a position: everything after it; where the log went back and does not hold that any more, `event: resync` first. Without it, exactly what comes after the end of the log as it was when the connection was answered',
    schema: { type: 'string' },
  })
  @ApiAnswers(
    'Live changes of the tickets of your establishments (Server-Sent Events): here the data of each. ' +
      'The first message is an `id:` alone: the position after which everything is told, and nothing before it. ' +
      'An `id:` is a position; once the log has gone back (a restored backup), a point and the log’s epoch follow. ' +
      'A ticket that is not at your establishments any more is told of as gone, also by changes from when it was',
    liveNewsSchema,
  )
  async events(
    @Query({ schema: liveQuery }) { establishment }: LiveQuery,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
    @CurrentPrincipal() principal: Principal,
    @CurrentAccessEnd() { endsAt, whenRevoked }: AccessEnd,
  ): Promise<void> {
    const scope = scopeWithin(principal, this.establishments, establishment);
    const resumed = resumedFrom(request.headers['last-event-id']);
    void reply.header('Content-Type', 'text/event-stream; charset=utf-8');
    void reply.header('Cache-Control', 'no-store');
    // Tells proxies not to buffer the response, which would delay the events.
    void reply.header('X-Accel-Buffering', 'no');
    if (request.method === 'HEAD') {
      void reply.send();
      return;
    }
    const start = await this.startOf(resumed);
    await this.live.open(start);
    const { raw } = reply.hijack();
    raw.writeHead(200, reply.getHeaders() as Record<string, string>);
    const viewer = { scope, internal: isAllowed(principal, 'tickets:internal-notes') };
    const connection = new LiveConnection(raw, viewer, { endsAt, accesses: this.accesses.begun(request) });
    const ignore = whenRevoked(() => connection.end());
    connection.over.addEventListener('abort', ignore, { once: true });
    await this.live.follow(connection, start);
  }

  /**
   * Where a connection begins. It begins anew, with `resync`, where the log no longer holds the event that the client names: one
   * beyond the log's end, or of another epoch, in which the log may have had another history. Position 0 names no event, so
   * everything comes after it.
   */
  private async startOf(resumed: EventId | undefined): Promise<LiveStart> {
    const epoch = await this.projections.epochs.current();
    const head = await this.store.lastPosition();
    if (resumed === undefined) return { after: head, head, epoch, resync: false };
    const { position } = resumed;
    if (position === 0n) return { after: 0n, head, epoch, resync: false };
    const isHeld = resumed.epoch === epoch && position <= (await this.endOf(head));
    return { after: isHeld ? position : head, head, epoch, resync: !isHeld };
  }

  /** The end of the log for resuming clients: where positions only order events, the reading may be beyond the newest event. */
  private async endOf(head: bigint): Promise<bigint> {
    if (this.store.countsPositions) return head;
    const readUpTo = (await this.live.position()) ?? head;
    return readUpTo > head ? readUpTo : head;
  }
}

/** The event id of `Last-Event-ID`; undefined without one. Throws `malformed`. */
const resumedFrom = (header: string | string[] | undefined): EventId | undefined => {
  if (header === undefined || header === '') return undefined;
  const id = typeof header === 'string' ? readEventId(header) : undefined;
  if (id) return id;
  const message = {
    fr: 'attendu: l’«id:» d’un changement, une position en chiffres décimaux',
    en: 'expected the `id:` of a change, a position in decimal digits',
  };
  throw new Problem('malformed', { errors: [{ pointer: 'Last-Event-ID', message }] });
};
