import type { DeadLetter } from './dead-letters.js';
import type { BlockedEvents } from '../writing/folded-batch.js';

/** The streams that the dead letters of one generation are of. */
export class BlockedStreams implements BlockedEvents {
  private streams = new Set<string>();
  private counted = 0;

  get changes(): number {
    return this.counted;
  }
  get size(): number {
    return this.streams.size;
  }
  has(stream: string): boolean {
    return this.streams.has(stream);
  }
  add(stream: string): void {
    this.streams.add(stream);
    this.counted += 1;
  }
  delete(stream: string): void {
    this.streams.delete(stream);
    this.counted += 1;
  }
  set(letters: readonly DeadLetter[]): void {
    this.streams = new Set(letters.map(({ stream }) => stream));
    this.counted += 1;
  }
}
