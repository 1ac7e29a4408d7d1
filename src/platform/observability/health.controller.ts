import { Controller, Get, Inject, Req, Res } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { SETTINGS } from '../../config/settings.module.js';
import type { Settings } from '../../config/settings.js';
import { Connections } from '../http/connections/connections.js';
import { isOperators } from '../http/management.js';
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
    @Inject(SETTINGS) private readonly settings: Settings,
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
    const management = { port: this.connections.managementPort, tokens: this.settings.managementTokens };
    if (isOperators(request, management)) return health;
    // What is wrong, and how the server is made, is for operators; which log it is, for whoever sends it commands again.
    return { status: health.status, eventStore: { log: health.eventStore.log } };
  }
}
