import type { Pool } from 'pg';
import type { Logger } from 'pino';
import type { EventStore } from '../event-store/event-store.js';
import { ProjectionRunner, type ProjectionState } from './projection-runner.js';
import type { Projection } from './projection.js';

type ProjectionType = new () => Projection;

/** Every projection of the application, running. */
export class Projections {
  private readonly runners: ReadonlyMap<ProjectionType, ProjectionRunner>;

  constructor(types: readonly ProjectionType[], store: EventStore, pool: Pool, logger: Logger) {
    this.runners = new Map(
      types.map((type) => [type, new ProjectionRunner(new type(), store, pool, logger)]),
    );
  }

  start(): void {
    for (const runner of this.runners.values()) runner.start();
  }

  async stop(): Promise<void> {
    await Promise.all([...this.runners.values()].map((runner) => runner.stop()));
  }

  /** True as soon as the projection includes the position, false when `timeoutMs` pass first. */
  reach(type: ProjectionType, position: bigint, timeoutMs: number): Promise<boolean> {
    const runner = this.runners.get(type);
    if (!runner) throw new Error(`${type.name} is not registered`);
    return runner.progress.reach(position, timeoutMs);
  }

  describe(): ProjectionState[] {
    return [...this.runners.values()].map((runner) => runner.describe());
  }
}
