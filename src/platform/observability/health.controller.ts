import { Controller, Get, Req, Res } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { Connections } from '../http/connections/connections.js';
import { isFromManagement } from '../http/management.js';
import { ApiAnswer, ApiAnswers } from '../http/openapi.js';
import { Health, healthSchema } from './health.js';
import { Public } from '../http/public.js';

@ApiTags('operations')
@Public()
@Controller('health')
export class HealthController {
  constructor(
    private readonly health: Health,
    private readonly connections: Connections,
  ) {}

  @Get('live')
  @ApiAnswers('The process runs', z.object({ status: z.literal('ok') }))
  live() {
    return { status: 'ok' };
  }

  @Get('ready')
  @ApiAnswers(
    'It can serve: database, event store, and how far each projection lags; 503 otherwise',
    healthSchema,
  )
  @ApiAnswer(503, 'It can’t serve, and why', healthSchema)
  async ready(@Req() request: FastifyRequest, @Res({ passthrough: true }) reply: FastifyReply) {
    const health = await this.health.check();
    if (health.status !== 'ok') void reply.status(503).header('Retry-After', '1');
    // What is wrong, and how the server is made, is for operators where they have a port of their own.
    return isFromManagement(request, this.connections.managementPort) ? health : { status: health.status };
  }
}
