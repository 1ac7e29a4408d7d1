import { Controller, Get, HttpCode, Param, Post } from '@nestjs/common';
import { ApiBearerAuth, ApiTags } from '@nestjs/swagger';
import { LogsAccess, Requires } from '../access/index.js';
import { ApiAnswers } from '../platform/http/openapi.js';
import { ProjectionOperations } from './projection-operations.js';
import { deadLetterId, deadLettersSchema, deadLetterView, retriedSchema } from './projections.view.js';

/** The routes of dead letters: events that a projection could not fold, and the later events of their streams, which wait behind them. */
@ApiTags('operations')
@ApiBearerAuth()
@LogsAccess('dead-letters')
@Controller('v1/admin/dead-letters')
export class DeadLettersController {
  constructor(private readonly operations: ProjectionOperations) {}

  @Get()
  @Requires('operations:read')
  @ApiAnswers('What is put aside, the oldest first', deadLettersSchema)
  async all() {
    return { items: (await this.operations.deadLetters()).map(deadLetterView) };
  }

  @Post(':id/retry')
  @HttpCode(200)
  @Requires('operations:run')
  @ApiAnswers('Tries again: the event, and all that waited behind it, in order', retriedSchema)
  async retry(@Param('id', { schema: deadLetterId }) id: string) {
    return { id, outcome: 'applied' as const, events: await this.operations.retry(id) };
  }
}
