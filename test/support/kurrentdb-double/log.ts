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
  /** Counted from 0, as in KurrentDB. */
  revision: number;
  /** A place in a file, as in KurrentDB: the next event's is larger by this event's size. */
  position: bigint;
  createdMs: number;
}

export type Outcome = { written: Stored; isRepetition: boolean } | { wrongVersion: { current: number } };

/** The revision of a stream that does not exist. */
export const noStream = -1;

/** A log in memory that accepts and refuses appends as KurrentDB does. */
export class Log {
  readonly all: Stored[] = [];
  readonly grew = new EventEmitter().setMaxListeners(0);
  private readonly streams = new Map<string, Stored[]>();
  private nextPosition = 0n;

  constructor() {
    // A real log begins with the server's own events.
    this.append('$settings', noStream, [systemEvent('$>')]);
    this.append('$users', noStream, [systemEvent('$user')]);
  }

  /** Where the next event will stand. */
  get end(): bigint {
    return this.nextPosition;
  }

  stream(name: string): readonly Stored[] {
    return this.streams.get(name) ?? [];
  }

  /** A repeated append is recognised by its ids at its expected revision; if only some of them match, the version is wrong. */
  append(name: string, expected: number, events: readonly Proposed[]): Outcome {
    const stream = this.streams.get(name) ?? [];
    const current = stream.length - 1;
    if (expected !== current) {
      const there = stream.slice(expected + 1, expected + 1 + events.length);
      const last = there.at(-1);
      const same = there.length === events.length && there.every(({ id }, index) => id === events[index]!.id);
      return last && same ? { written: last, isRepetition: true } : { wrongVersion: { current } };
    }
    for (const event of events) stream.push(this.record(name, stream.length, event));
    this.streams.set(name, stream);
    this.grew.emit('grew');
    return { written: stream.at(-1)!, isRepetition: false };
  }

  /** Appends events that a server writes for itself, which our subscribers must not see. */
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
