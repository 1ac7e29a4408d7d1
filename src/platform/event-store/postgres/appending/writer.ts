import { DatabaseError, type Pool, type PoolClient } from 'pg';
import { isUnavailable } from '../../../database/failures.js';
import { withTimeout } from '../../../../shared/concurrency/with-timeout.js';
import type { Append } from '../../event-store.js';
import { appendAll, appendWithVerdicts, type AppendVerdict } from './append-statements.js';

const uniqueViolation = '23505';

/** The connection that appends use: one of their own, so that its statements stay prepared and no reader holds it up. */
export class Writer {
  private client: PoolClient | undefined;

  constructor(
    private readonly pool: Pool,
    /** A connection that has been silent for this long is closed, whatever it was doing. */
    private readonly silenceMs: number,
  ) {}

  /** Resolves to a verdict for each append. Throws PostgreSQL's errors; after a lost connection the next call takes a new one. */
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
      // An error about the statements leaves the connection usable. Any other error may have broken it; a read-only session, for
      // example, stays read-only when its server no longer is.
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
    // The time that connecting took counts as silence too.
    const leftMs = this.silenceMs - (performance.now() - begun);
    return withTimeout(leftMs, run(client), () => new Error('timeout: Connection terminated'));
  }

  private async connected(): Promise<PoolClient> {
    if (this.client) return this.client;
    const client = await this.pool.connect();
    // Between two calls nobody else listens for a broken connection; the error may be emitted more than once.
    client.on('error', () => {
      if (this.client === client) this.drop();
    });
    this.client = client;
    return client;
  }
}
