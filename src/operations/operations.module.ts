import { Module } from '@nestjs/common';
import { DeadLettersController } from './dead-letters.controller.js';
import { EventLoopWatch } from './event-loop-watch.js';
import { ProjectionOperations } from './projection-operations.js';
import { ProjectionsController } from './projections.controller.js';

/** The operators' routes, which every process serves whatever its roles. */
@Module({
  controllers: [ProjectionsController, DeadLettersController],
  providers: [ProjectionOperations, EventLoopWatch],
  exports: [ProjectionOperations, EventLoopWatch],
})
export class OperationsModule {}
