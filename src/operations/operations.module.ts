import { Module } from '@nestjs/common';
import { DeadLettersController } from './dead-letters.controller.js';
import { ProjectionsController } from './projections.controller.js';

/** The operators' routes, which every process serves whatever its roles. */
@Module({ controllers: [ProjectionsController, DeadLettersController] })
export class OperationsModule {}
