import { erasedLiveEvent, type LiveEvent } from './live-event.js';

const maxEvents = 2_000;
const maxCharacters = 8 * 1024 * 1024;

/** The newest events in memory, so that a client that was away for a moment resumes without reading the log. */
export class RecentEvents {
  private events: LiveEvent[] = [];
  private characters = 0;

  /** Every event after `start` and up to `position` is held. */
  constructor(
    public start: bigint,
    public position = start,
  ) {}

  /** Adds the next events, up to a position; the oldest ones are dropped beyond the limits. */
  add(events: readonly LiveEvent[], position: bigint): void {
    for (const event of events) {
      if (event.erases) this.erase(event.ticketId);
      this.events.push(event);
      this.characters += event.text.length;
    }
    this.position = position;
    let forgotten = 0;
    while (this.events.length - forgotten > maxEvents || this.characters > maxCharacters) {
      const oldest = this.events[forgotten];
      if (!oldest) break;
      this.characters -= oldest.text.length;
      this.start = oldest.position;
      forgotten += 1;
    }
    this.events.splice(0, forgotten);
  }

  private erase(ticketId: string): void {
    for (const [index, event] of this.events.entries()) {
      if (event.ticketId !== ticketId) continue;
      const erased = erasedLiveEvent(event);
      this.characters += erased.text.length - event.text.length;
      this.events[index] = erased;
    }
  }

  /** The next events after a position not before `start`, `maxCount` at most, and the position they go up to. */
  after(position: bigint, maxCount: number): { events: LiveEvent[]; position: bigint } {
    const events: LiveEvent[] = [];
    for (let at = this.events.length - 1; at >= 0; at -= 1) {
      const event = this.events[at];
      if (!event || event.position <= position) break;
      events.push(event);
    }
    const next = events.reverse().slice(0, maxCount);
    const whole = next.length === events.length;
    return { events: next, position: whole ? this.position : (next.at(-1)?.position ?? this.position) };
  }
}
