import { Controller, Get, Res } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { Health } from './health.js';

@ApiTags('operations')
@Controller('health')
export class HealthController {
  constructor(private readonly health: Health) {}

  @Get('live')
  @ApiOperation({ summary: 'The process runs' })
  live() {
    return { status: 'ok' };
  }

  @Get('ready')
  @ApiOperation({
    summary: 'It can serve: database, event store, and how far each projection lags; 503 otherwise',
  })
  async ready(@Res({ passthrough: true }) reply: FastifyReply) {
    const health = await this.health.check();
    if (health.status !== 'ok') void reply.status(503).header('Retry-After', '1');
    return health;
  }
}
