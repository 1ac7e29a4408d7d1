import { setTimeout as sleep } from 'node:timers/promises';
import type { Pool, PoolClient } from 'pg';
import type { Logger } from 'pino';
import type { EventBatch, EventStore } from '../event-store/event-store.js';
import { Progress } from './progress.js';
import type { Projection } from './projection.js';

/** Another process has applied this batch: go on from where it stands now. */
class Overtaken extends Error {}

export interface ProjectionState {
  name: string;
  version: number;
  position: bigint;
  state: 'starting' | 'running' | 'failing' | 'stopped';
  /** Milliseconds since 1970; null until it has first caught up. */
  caughtUpAt: number | null;
  lastError: string | null;
}

const batchSize = 2_000;
const longestBackoffMs = 5_000;

/**
 * Folds the log into one projection's rows. Rows and checkpoint commit together, and the checkpoint moves only from the position
 * the batch was read after: so every event counts exactly once, whatever is killed and however many processes try.
 */
export class ProjectionRunner {
  readonly progress = new Progress();
  private readonly stopping = new AbortController();
  private running: Promise<void> | undefined;
  private state: ProjectionState['state'] = 'starting';
  private lastError: string | null = null;
  private caughtUpAt: number | null = null;

  constructor(
    private readonly projection: Projection,
    private readonly store: EventStore,
    private readonly pool: Pool,
    private readonly logger: Logger,
  ) {}

  start(): void {
    this.running ??= this.run();
  }

  async stop(): Promise<void> {
    this.stopping.abort();
    await this.running;
    this.state = 'stopped';
  }

  describe(): ProjectionState {
    const { name, version } = this.projection;
    return {
      name,
      version,
      position: this.progress.position,
      state: this.state,
      caughtUpAt: this.caughtUpAt,
      lastError: this.lastError,
    };
  }

  private async run(): Promise<void> {
    const { signal } = this.stopping;
    let failures = 0;
    while (!signal.aborted) {
      try {
        let position = await this.checkpoint();
        this.progress.advance(position);
        const { streamPrefix } = this.projection;
        for await (const batch of this.store.subscribe({
          after: position,
          streamPrefix,
          batchSize,
          signal,
        })) {
          await this.apply(batch, position);
          position = batch.position;
          this.progress.advance(position);
          this.state = 'running';
          if (batch.caughtUp) this.caughtUpAt = Date.now();
          this.lastError = null;
          failures = 0;
        }
      } catch (error) {
        if (error instanceof Overtaken) continue;
        failures += 1;
        this.state = 'failing';
        this.lastError = (error as Error).message;
        this.logger.error(
          { err: error, projection: this.projection.name, position: String(this.progress.position) },
          'the projection could not go on, and tries again',
        );
        const backoffMs = Math.min(100 * 2 ** failures, longestBackoffMs);
        await sleep(backoffMs, undefined, { signal }).catch(() => undefined);
      }
    }
  }

  private async apply(batch: EventBatch, position: bigint): Promise<void> {
    if (batch.position === position) return;
    const change = this.projection.fold(batch.events);
    const client = await this.pool.connect();
    let broken = false;
    try {
      await client.query('BEGIN');
      await this.moveCheckpoint(client, batch, position);
      await this.projection.write(change, client);
      await client.query('COMMIT');
    } catch (error) {
      broken = await client.query('ROLLBACK').then(
        () => false,
        () => true,
      );
      throw error;
    } finally {
      client.release(broken);
    }
  }

  private async moveCheckpoint(client: PoolClient, batch: EventBatch, position: bigint): Promise<void> {
    const { name, version } = this.projection;
    const { rowCount } = await client.query(
      `UPDATE projections.checkpoints
          SET position = $4, recorded_at = coalesce($5, recorded_at), updated_at = now()
        WHERE name = $1 AND version = $2 AND position = $3`,
      [name, version, String(position), String(batch.position), batch.events.at(-1)?.recordedAt ?? null],
    );
    if (rowCount !== 1) throw new Overtaken();
  }

  private async checkpoint(): Promise<bigint> {
    const { name, version } = this.projection;
    await this.pool.query(
      'INSERT INTO projections.checkpoints (name, version) VALUES ($1, $2) ON CONFLICT DO NOTHING',
      [name, version],
    );
    const { rows } = await this.pool.query<{ position: string }>(
      'SELECT position FROM projections.checkpoints WHERE name = $1 AND version = $2',
      [name, version],
    );
    return BigInt(rows[0]?.position ?? 0);
  }
}
