import type { Connection } from './connection/connection.js';
import type { StoredEvent } from './connection/read-response.js';

/** A read gives no more events than this, however many are awaited. */
const maxEvents = 256;

interface Awaited {
  position: bigint;
  resolve: (found: StoredEvent | undefined) => void;
  reject: (error: unknown) => void;
}

/**
 * Loads events by their positions, many with one read of $all: whoever asks while a read is under way waits for the next one. Appends
 * that are answered together stand close together, so one read shows the events of all of them.
 */
export class EventLoader {
  private awaited: Awaited[] = [];
  private reading = false;

  constructor(
    private readonly connection: Connection,
    private readonly deadlineMs: number,
  ) {}

  /** The event at the position; undefined where the log does not show one there. Throws as the read does. */
  load(position: bigint): Promise<StoredEvent | undefined> {
    return new Promise((resolve, reject) => {
      this.awaited.push({ position, resolve, reject });
      if (!this.reading) void this.readAll();
    });
  }

  private async readAll(): Promise<void> {
    this.reading = true;
    // What is asked for in the same turn is read together, from the first read on.
    await Promise.resolve();
    while (this.awaited.length > 0) await this.readSome();
    this.reading = false;
  }

  /**
   * Reads from the smallest position on, which settles that one in any case. Positions can be far apart, where an append is repeated
   * long after the first: what the read does not come to is left to the next one.
   */
  private async readSome(): Promise<void> {
    const { awaited } = this;
    this.awaited = [];
    const position = awaited.map((one) => one.position).reduce((least, at) => (at < least ? at : least));
    // Twice as many as awaited, since other writers' events stand in between; alone, the event is the first of the read.
    const count = Math.min(2 * awaited.length - 1, maxEvents);
    try {
      const found = await this.connection.read({ position, isUnfiltered: true }, count, this.deadlineMs);
      const events = new Map(found.map((event) => [event.position, event]));
      for (const one of awaited) {
        const event = events.get(one.position);
        if (event || one.position === position) one.resolve(event);
        else this.awaited.push(one);
      }
    } catch (error) {
      for (const { reject } of awaited) reject(error);
    }
  }
}
