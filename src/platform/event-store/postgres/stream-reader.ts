import type { Pool } from 'pg';
import { sql, statement, type Sql } from '../../database/sql.js';
import { withReadDeadline } from '../../database/read-deadline.js';
import { literal, textArray } from './appending/append-statements.js';
import { EventStoreUnavailable, type RecordedEvent } from '../event-store.js';
import { asText, eventColumns, RecordedRow, type EventRow } from './recorded-row.js';

export const selectStreams = (pages: readonly StreamPage[]): Sql => sql`
         SELECT ${eventColumns}, asked.n
           FROM unnest(string_to_array(${textArray(pages.map(({ stream }) => stream))}, E'\\x1e'),
                       ${literal(pages.map(({ fromRevision }) => fromRevision))}::integer[],
                       ${literal(pages.map(({ maxCount }) => maxCount ?? 'NULL'))}::integer[])
                  WITH ORDINALITY AS asked(name, from_revision, max_count, n)
          CROSS JOIN LATERAL (
            SELECT * FROM event_store.events
             WHERE stream = asked.name AND revision >= asked.from_revision
             ORDER BY revision LIMIT asked.max_count
          ) AS event
          ORDER BY asked.n, revision`;

/** The most streams in one statement: more are no faster. */
const maxStreams = 256;
/** A second statement in flight keeps PostgreSQL busy while the rows of the first are read. */
const maxInFlight = 2;

const sweepMs = 250;

export interface StreamPage {
  stream: string;
  fromRevision: number;
  /** The most events to read; undefined for all up to the end. */
  maxCount: number | undefined;
}

interface Waiting {
  page: StreamPage;
  deadline: number;
  resolve: (events: RecordedEvent[]) => void;
  reject: (error: Error) => void;
}

/**
 * Reads streams, or pages of streams. The reads of one tick, and those that arrive while others are in flight, go in one statement: a
 * round trip costs more than its contents, and a batch of commands reads hundreds of short streams at once.
 */
export class StreamReader {
  private waiting: Waiting[] = [];
  private readonly inFlight = new Set<readonly Waiting[]>();
  private scheduled = false;
  private sweeper: NodeJS.Timeout | undefined;

  constructor(
    private readonly pool: Pool,
    /** How long a read may take, waiting included; a connection that is silent for this long is closed. */
    private readonly deadlineMs: number,
  ) {}

  read(page: StreamPage): Promise<RecordedEvent[]> {
    return new Promise((resolve, reject) => {
      this.waiting.push({ page, deadline: performance.now() + this.deadlineMs, resolve, reject });
      this.sweeper ??= setInterval(() => this.sweep(), sweepMs);
      if (this.scheduled || this.inFlight.size >= maxInFlight) return;
      this.scheduled = true;
      setImmediate(() => {
        this.scheduled = false;
        this.start();
      });
    });
  }

  private start(): void {
    while (this.waiting.length > 0 && this.inFlight.size < maxInFlight) {
      const reads = this.waiting.splice(0, maxStreams);
      this.inFlight.add(reads);
      void this.answer(reads).finally(() => {
        this.inFlight.delete(reads);
        this.start();
      });
    }
    if (this.inFlight.size > 0) return;
    clearInterval(this.sweeper);
    this.sweeper = undefined;
  }

  /** Rejects the reads that have waited too long. */
  private sweep(): void {
    const now = performance.now();
    const late = ({ deadline }: Waiting) => deadline <= now;
    for (const { reject } of [...this.inFlight, this.waiting].flat().filter(late)) {
      reject(new EventStoreUnavailable(`no answer within ${this.deadlineMs} ms`));
    }
    this.waiting = this.waiting.filter((waiting) => !late(waiting));
  }

  private async answer(waiting: readonly Waiting[]): Promise<void> {
    try {
      const pages = [...new Map(waiting.map(({ page }) => [keyOf(page), page])).values()];
      const { rows } = await this.pool.query<[...EventRow, n: string]>(
        withReadDeadline(this.deadlineMs, {
          ...statement(selectStreams(pages), 'event-store-read-streams'),
          ...{ rowMode: 'array' as const, types: asText },
        }),
      );
      const found = pages.map((): RecordedEvent[] => []);
      for (const row of rows) found[Number(row[8]) - 1]?.push(new RecordedRow(row));
      const byKey = new Map(pages.map((page, index) => [keyOf(page), found[index]]));
      for (const { page, resolve } of waiting) resolve(byKey.get(keyOf(page)) ?? []);
    } catch (error) {
      for (const { reject } of waiting) reject(error as Error);
    }
  }
}

const keyOf = ({ stream, fromRevision, maxCount }: StreamPage): string =>
  `${stream}\x1e${fromRevision}\x1e${maxCount ?? ''}`;
