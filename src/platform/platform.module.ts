import { Global, Module, type DynamicModule } from '@nestjs/common';
import { APP_PIPE } from '@nestjs/core';
import { Pool } from 'pg';
import type { Logger } from 'pino';
import { DataSource } from 'typeorm';
import { Clock, SystemClock } from '../shared/clock.js';
import { EventStore } from './event-store/event-store.js';
import { ErrorAnswers } from './http/problems/error-answers.js';
import { Connections } from './http/connections/connections.js';
import { TableFiles } from './http/files/table-files.js';
import { ProblemsController } from './http/problems/problems.controller.js';
import { ValidationPipe } from './http/validation.js';
import { HealthController } from './observability/health.controller.js';
import { Health } from './observability/health.js';
import { LOGGER } from './observability/logger.js';
import { MetricsController } from './observability/metrics.controller.js';
import { Metrics } from './observability/metrics.js';
import { Jobs } from './jobs/jobs.js';
import { Projections } from './projections/projections.js';
import { Workbooks } from './tables/workbooks.js';

export interface PlatformResources {
  logger: Logger;
  pool: Pool;
  database: DataSource;
  store: EventStore;
  projections: Projections;
  metrics: Metrics;
  jobs: Jobs;
  health: Health;
  connections: Connections;
}

/** Provides what every slice depends on: clock, logger, database, event store and projections; and serves health and metrics. */
@Global()
@Module({})
export class PlatformModule {
  static with(resources: PlatformResources): DynamicModule {
    const { logger, pool, database, store, projections, metrics, jobs, health, connections } = resources;
    return {
      module: PlatformModule,
      controllers: [HealthController, MetricsController, ProblemsController],
      providers: [
        { provide: Clock, useClass: SystemClock },
        { provide: LOGGER, useValue: logger },
        { provide: Pool, useValue: pool },
        { provide: DataSource, useValue: database },
        { provide: EventStore, useValue: store },
        { provide: Projections, useValue: projections },
        { provide: Metrics, useValue: metrics },
        { provide: Jobs, useValue: jobs },
        { provide: Health, useValue: health },
        { provide: Connections, useValue: connections },
        ErrorAnswers,
        Workbooks,
        TableFiles,
        { provide: APP_PIPE, useClass: ValidationPipe },
      ],
      exports: [
        ...[Clock, LOGGER, Pool, DataSource, EventStore, Projections],
        ...[Metrics, Jobs, ErrorAnswers, TableFiles],
      ],
    };
  }
}
