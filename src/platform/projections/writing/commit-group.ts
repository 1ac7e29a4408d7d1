import { setImmediate } from 'node:timers/promises';
import type { Pool, PoolClient } from 'pg';
import { raw, sql, statement } from '../../database/sql.js';
import { begin, inTransaction } from '../../database/transaction.js';
import { moveCheckpoints, type CheckpointMove, type HeldLease } from '../leading/lease-statements.js';
import type { GenerationKey } from '../rebuild/generation-tables.js';

/** PostgreSQL ends a statement that takes longer: one that waits for a lock, say, must not hold up what the others write. */
const maxStatementMs = 1_000;
/** How long a part that failed, or was slow, is written alone. */
const aloneMs = 10_000;
const beginTogether = `${begin}; SET LOCAL statement_timeout = ${maxStatementMs}`;

/** What one projection writes of a batch. */
export interface CommitPart {
  /** Held by whoever writes; `schema` is where its tables stand. */
  lease: HeldLease & { schema: string };
  /** The position at which its rows are. */
  from: bigint;
  to: CheckpointMove;
  write(client: PoolClient): Promise<void>;
}

interface Waiting {
  part: CommitPart;
  resolve: (isWritten: boolean) => void;
}

/** A part whose rows could not be written: the others are written without it. */
class PartFailed extends Error {
  constructor(readonly failed: Waiting) {
    super();
  }
}

/**
 * Writes what several projections make of the same events in one transaction, with one statement for their checkpoints: a commit
 * costs PostgreSQL more than most of what is written in it. Each part is fenced by its own lease. A part that fails is left out, and
 * for a while is not taken; whoever wrote it tries alone, where its failure is its own.
 */
export class CommitGroup {
  private waiting: Waiting[] = [];
  private readonly alone = new Map<string, number>();
  private running: Promise<void> | undefined;

  constructor(private readonly pool: Pool) {}

  /** True once the part is written. False where it has to be written alone: none of it was, as far as is known. */
  commit(part: CommitPart): Promise<boolean> {
    const until = this.alone.get(part.lease.schema);
    if (until !== undefined && performance.now() < until) return Promise.resolve(false);
    return new Promise((resolve) => {
      this.waiting.push({ part, resolve });
      this.running ??= this.run();
    });
  }

  private async run(): Promise<void> {
    while (this.waiting.length > 0) {
      // Whoever got the same batch folds it in this turn, or in the next.
      await setImmediate();
      await setImmediate();
      const parts = this.waiting;
      this.waiting = [];
      await this.write(parts);
    }
    this.running = undefined;
  }

  /** Writes those that can be written together, and resolves all of them. */
  private async write(parts: readonly Waiting[]): Promise<void> {
    let left = parts;
    while (left.length > 1) {
      try {
        const written = await this.writeTogether(left);
        for (const waiting of left) waiting.resolve(written.has(waiting));
        return;
      } catch (error) {
        if (!(error instanceof PartFailed)) break;
        const { failed } = error;
        this.alone.set(failed.part.lease.schema, performance.now() + aloneMs);
        failed.resolve(false);
        left = left.filter((waiting) => waiting !== failed);
      }
    }
    for (const { resolve } of left) resolve(false);
  }

  /** Resolves to those whose checkpoints could be moved, and whose rows are written; of the others nothing is. */
  private writeTogether(parts: readonly Waiting[]): Promise<ReadonlySet<Waiting>> {
    return inTransaction(
      this.pool,
      async (client) => {
        const moves = parts.map(({ part: { lease, from, to } }) => ({ lease, from, to }));
        const { rows } = await client.query<GenerationKey>(
          statement(moveCheckpoints(moves), 'projections-move-checkpoints'),
        );
        const moved = new Set(rows.map(keyOf));
        const written = parts.filter(({ part }) => moved.has(keyOf(part.lease)));
        for (const waiting of written) await writePart(client, waiting);
        return new Set(written);
      },
      beginTogether,
    );
  }
}

const keyOf = ({ name, generation }: GenerationKey): string => `${name} ${generation}`;

const writePart = async (client: PoolClient, waiting: Waiting): Promise<void> => {
  const { part } = waiting;
  try {
    await client.query(statement(sql`SET LOCAL search_path = ${raw(part.lease.schema)}`));
    await part.write(client);
  } catch {
    throw new PartFailed(waiting);
  }
};
