import { Module } from '@nestjs/common';
import { DeadLettersController } from './dead-letters.controller.js';
import { ProjectionsController } from './projections.controller.js';

/** What operators ask for, of every process whatever its roles. */
@Module({ controllers: [ProjectionsController, DeadLettersController] })
export class OperationsModule {}
