import type { Pool } from 'pg';
import type { RecordedEvent } from '../event-store.js';
import { asText, columns, RecordedRow, type EventRow } from './recorded-row.js';

const readStreams = {
  name: 'event-store-read-streams',
  text: `SELECT ${columns} FROM event_store.events
          WHERE stream = ANY (string_to_array($1, E'\\x1e'))
          ORDER BY stream, revision`,
};

/** More streams in one statement is no faster. */
const mostStreams = 256;
/** A second statement on its way keeps PostgreSQL busy while the first one's rows are taken in. */
const mostInFlight = 2;

interface Waiting {
  stream: string;
  resolve: (events: RecordedEvent[]) => void;
  reject: (error: Error) => void;
}

/**
 * Reads whole streams. Those asked for in one tick, or while others are on their way, are read by one statement: a round trip
 * costs more than what it carries, and a batch of commands asks for hundreds of short streams at once.
 */
export class StreamReader {
  private waiting: Waiting[] = [];
  private inFlight = 0;
  private scheduled = false;

  constructor(private readonly pool: Pool) {}

  read(stream: string): Promise<RecordedEvent[]> {
    return new Promise((resolve, reject) => {
      this.waiting.push({ stream, resolve, reject });
      if (this.scheduled || this.inFlight >= mostInFlight) return;
      this.scheduled = true;
      setImmediate(() => {
        this.scheduled = false;
        this.start();
      });
    });
  }

  private start(): void {
    while (this.waiting.length > 0 && this.inFlight < mostInFlight) {
      this.inFlight += 1;
      void this.answer(this.waiting.splice(0, mostStreams)).finally(() => {
        this.inFlight -= 1;
        this.start();
      });
    }
  }

  private async answer(waiting: readonly Waiting[]): Promise<void> {
    try {
      const streams = [...new Set(waiting.map(({ stream }) => stream))];
      const { rows } = await this.pool.query<EventRow>({
        ...readStreams,
        values: [streams.join('\x1e')],
        rowMode: 'array',
        types: asText,
      });
      const found = new Map<string, RecordedEvent[]>(streams.map((stream) => [stream, []]));
      for (const row of rows) found.get(row[1])?.push(new RecordedRow(row));
      for (const { stream, resolve } of waiting) resolve(found.get(stream) ?? []);
    } catch (error) {
      for (const { reject } of waiting) reject(error as Error);
    }
  }
}
