import { EventEmitter } from 'node:events';

export interface Proposed {
  id: string;
  type: string;
  contentType: string;
  data: Uint8Array;
  metadata: Uint8Array;
}

export interface Stored extends Proposed {
  stream: string;
  /** From 0, as KurrentDB counts. */
  revision: number;
  /** A place in a file: it grows by what an event takes. */
  position: bigint;
  createdMs: number;
}

export type Outcome = { written: Stored } | { wrongVersion: { current: number } };

/** No event: what a stream that does not exist is at. */
export const noStream = -1;

/** What KurrentDB keeps and how it judges an append, in memory. */
export class Log {
  readonly all: Stored[] = [];
  readonly grew = new EventEmitter().setMaxListeners(0);
  private readonly streams = new Map<string, Stored[]>();
  private nextPosition = 0n;

  constructor() {
    // A real log begins with what the server says of itself.
    this.append('$settings', noStream, [systemEvent('$>')]);
    this.append('$users', noStream, [systemEvent('$user')]);
  }

  stream(name: string): readonly Stored[] {
    return this.streams.get(name) ?? [];
  }

  /** At an exact revision an append is recognised by its ids, where they stand; part known and part new is a wrong version. */
  append(name: string, expected: number, events: readonly Proposed[]): Outcome {
    const stream = this.streams.get(name) ?? [];
    const current = stream.length - 1;
    if (expected !== current) {
      const there = stream.slice(expected + 1, expected + 1 + events.length);
      const last = there.at(-1);
      const same = there.length === events.length && there.every(({ id }, index) => id === events[index]!.id);
      return last && same ? { written: last } : { wrongVersion: { current } };
    }
    for (const event of events) stream.push(this.record(name, stream.length, event));
    this.streams.set(name, stream);
    this.grew.emit('grew');
    return { written: stream.at(-1)! };
  }

  /** What a server writes beside its users: events no subscriber of ours is to see. */
  appendSystemEvents(count: number): void {
    for (let n = 0; n < count; n += 1) {
      const { length } = this.stream('$stats-0.0.0.0:2113');
      this.append('$stats-0.0.0.0:2113', length - 1, [systemEvent('$statsCollected')]);
    }
  }

  private record(stream: string, revision: number, event: Proposed): Stored {
    const stored = { ...event, stream, revision, position: this.nextPosition, createdMs: Date.now() };
    this.nextPosition += BigInt(120 + stream.length + event.data.length + event.metadata.length);
    this.all.push(stored);
    return stored;
  }
}

const systemEvent = (type: string): Proposed => ({
  id: crypto.randomUUID(),
  type,
  contentType: 'application/json',
  data: Buffer.from('{}'),
  metadata: Buffer.alloc(0),
});
