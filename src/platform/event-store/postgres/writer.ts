import { DatabaseError, type Pool, type PoolClient } from 'pg';
import { isUnavailable } from '../../database/failures.js';
import { withTimeout } from '../../../shared/with-timeout.js';
import type { Append } from '../event-store.js';
import { appendAll, appendWithVerdicts, type AppendVerdict } from './append-statements.js';

const uniqueViolation = '23505';

/** The connection appends go through: its own, so that its statements stay prepared and no reader is in its way. */
export class Writer {
  private client: PoolClient | undefined;

  constructor(
    private readonly pool: Pool,
    /** A connection that has been silent for so long is given up, and with it whatever it was doing. */
    private readonly silenceMs: number,
  ) {}

  /** A verdict for each append. Throws what PostgreSQL says; after a lost connection the next call takes a new one. */
  async write(appends: readonly Append[]): Promise<AppendVerdict[]> {
    try {
      return await this.inTime(async (client) => {
        try {
          return await appendAll(client, appends);
        } catch (error) {
          if (!(error instanceof DatabaseError && error.code === uniqueViolation)) throw error;
          return appendWithVerdicts(client, appends);
        }
      });
    } catch (error) {
      // What PostgreSQL says of the statements leaves the connection as it was; anything else may have broken it, and a session that
      // is read-only, say, stays so when its server is not any more.
      if (!(error instanceof DatabaseError) || isUnavailable(error)) this.drop();
      throw error;
    }
  }

  drop(): void {
    this.client?.release(true);
    this.client = undefined;
  }

  private async inTime(run: (client: PoolClient) => Promise<AppendVerdict[]>): Promise<AppendVerdict[]> {
    const begun = performance.now();
    const client = await this.connected();
    // The time it took to connect is part of the silence.
    const leftMs = this.silenceMs - (performance.now() - begun);
    return withTimeout(leftMs, run(client), () => new Error('timeout: Connection terminated'));
  }

  private async connected(): Promise<PoolClient> {
    if (this.client) return this.client;
    const client = await this.pool.connect();
    // Between two calls nobody else would hear that it broke; it may say so more than once.
    client.on('error', () => {
      if (this.client === client) this.drop();
    });
    this.client = client;
    return client;
  }
}
