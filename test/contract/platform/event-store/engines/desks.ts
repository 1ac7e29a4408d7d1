import { setTimeout as sleep } from 'node:timers/promises';
import { expect } from '@jest/globals';
import type { EventStore } from '../../../../../src/platform/event-store/event-store.js';
import { patienceMs } from '../../../../support/patience.js';
import { appendUntilAnswered, events, numbers } from './engine.js';
import { Reader } from './reader.js';

/** Desks that write without a pause, each to a stream of its own, and somebody who reads along. */
export class Desks {
  private readonly reader: Reader;
  private readonly writing: Promise<void>[];
  private readonly written = new Map<string, string[]>();
  private stopping = false;
  /** How many appends were answered so far. */
  answered = 0;

  constructor(
    private readonly store: EventStore,
    prefix: string,
    after: bigint,
    count = 4,
  ) {
    this.reader = new Reader(store, { after, streamPrefix: prefix });
    this.writing = numbers(1, count).map((desk) => this.write(`${prefix}${desk}`));
  }

  /** Resolves once so many more appends were answered, and the reader has read as many. */
  async goOn(count = 20): Promise<void> {
    const [answered, read] = [this.answered + count, this.reader.events.length + count];
    const deadline = Date.now() + patienceMs;
    while (this.answered < answered || this.reader.events.length < read) {
      if (Date.now() > deadline) throw new Error(`only ${this.answered} appends were answered`);
      await sleep(10);
    }
  }

  /** Stops, and holds what the log has, and what was read, against what was answered: nothing is lost, and nothing there twice. */
  async verify(): Promise<void> {
    this.stopping = true;
    await Promise.all(this.writing);
    await this.reader.untilEvents(this.answered);
    await this.reader.stop();
    for (const [stream, ids] of this.written) {
      const recorded = await this.store.readStream(stream);
      expect(recorded.map(({ id }) => id)).toEqual(ids);
      const read = this.reader.events.filter((event) => event.stream === stream);
      expect(read.map(({ id }) => id)).toEqual(ids);
    }
  }

  private async write(stream: string): Promise<void> {
    const ids: string[] = [];
    this.written.set(stream, ids);
    while (!this.stopping) {
      const append = { stream, expectedRevision: ids.length, events: events(1) };
      expect(await appendUntilAnswered(this.store, append)).toMatchObject({ revision: ids.length + 1 });
      ids.push(append.events[0]!.id);
      this.answered += 1;
    }
  }
}
