import { Controller, Get, Res } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { z } from 'zod';
import { ApiAnswer, ApiAnswers } from '../http/openapi.js';
import { Health, healthSchema } from './health.js';
import { Public } from '../http/public.js';

@ApiTags('operations')
@Public()
@Controller('health')
export class HealthController {
  constructor(private readonly health: Health) {}

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
  async ready(@Res({ passthrough: true }) reply: FastifyReply) {
    const health = await this.health.check();
    if (health.status !== 'ok') void reply.status(503).header('Retry-After', '1');
    return health;
  }
}
