import { setTimeout as sleep } from 'node:timers/promises';
import { Controller, Get, HttpCode, Param, Post } from '@nestjs/common';
import { ApiBearerAuth, ApiTags } from '@nestjs/swagger';
import { z } from 'zod';
import { Requires } from '../access/index.js';
import { ApiAnswers } from '../platform/http/openapi.js';
import { Problem } from '../platform/http/problem.js';
import { Projections } from '../platform/projections/projections.js';
import { deadLettersSchema, deadLetterView, retriedSchema } from './projections.view.js';

const idSchema = z.string().regex(/^\d{1,18}$/);
const patienceMs = 5_000;
const lookMs = 50;

/** Events that a projection could not fold, and what waits behind them. */
@ApiTags('operations')
@ApiBearerAuth()
@Controller('v1/admin/dead-letters')
export class DeadLettersController {
  constructor(private readonly projections: Projections) {}

  @Get()
  @Requires('operations:read')
  @ApiAnswers('What is put aside, the oldest first', deadLettersSchema)
  async all() {
    return { items: (await this.projections.deadLetters.list()).map(deadLetterView) };
  }

  @Post(':id/retry')
  @HttpCode(200)
  @Requires('operations:run')
  @ApiAnswers('Tries again: the event, and all that waited behind it, in order', retriedSchema)
  async retry(@Param('id', { schema: idSchema }) id: string) {
    const { deadLetters: letters } = this.projections;
    const before = await letters.find(id);
    if (!before || !(await letters.requestRetry(id))) throw new Problem('dead-letter-not-found');
    const deadline = performance.now() + patienceMs;
    while (performance.now() < deadline) {
      await sleep(lookMs);
      const now = await letters.find(id);
      if (!now) return { id, outcome: 'applied' as const, events: 1 + before.waiting };
      if (now.retryRequestedAt === null)
        throw new Problem('still-failing', { members: { error: now.error } });
    }
    throw new Problem('no-leader', { headers: { 'Retry-After': '5' } });
  }
}
