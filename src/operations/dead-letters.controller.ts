import { setTimeout as sleep } from 'node:timers/promises';
import { Controller, Get, HttpCode, Param, Post } from '@nestjs/common';
import { ApiBearerAuth, ApiTags } from '@nestjs/swagger';
import { z } from 'zod';
import { LogsAccess, Requires } from '../access/index.js';
import { ApiAnswers } from '../platform/http/openapi.js';
import { Problem } from '../platform/http/problems/problem.js';
import { Projections } from '../platform/projections/projections.js';
import { deadLettersSchema, deadLetterView, retriedSchema } from './projections.view.js';

const idSchema = z.string().regex(/^\d{1,18}$/);
const maxWaitMs = 5_000;
const pollMs = 50;

/** The routes of dead letters: events that a projection could not fold, and the later events of their streams, which wait behind them. */
@ApiTags('operations')
@ApiBearerAuth()
@LogsAccess('dead-letters')
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
    const { deadLetters } = this.projections;
    const before = await deadLetters.find(id);
    if (!before || !(await deadLetters.requestRetry(id))) throw new Problem('dead-letter-not-found');
    const deadline = performance.now() + maxWaitMs;
    while (performance.now() < deadline) {
      await sleep(pollMs);
      const now = await deadLetters.find(id);
      if (!now) return { id, outcome: 'applied' as const, events: 1 + before.waiting };
      if (now.retryRequestedAt === null)
        throw new Problem('still-failing', { members: { error: now.error } });
    }
    throw new Problem('no-leader', { headers: { 'Retry-After': '5' } });
  }
}
