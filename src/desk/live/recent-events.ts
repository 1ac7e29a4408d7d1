import type { LiveEvent } from './live-event.js';

const maxEvents = 2_000;
const maxCharacters = 8 * 1024 * 1024;

/** The newest events, so that whoever was away for a moment needs no reading of the log. */
export class RecentEvents {
  private events: LiveEvent[] = [];
  private characters = 0;

  /** Every event after `start`, up to `position`, is here. */
  constructor(
    public start: bigint,
    public position = start,
  ) {}

  /** Events that follow, up to a position. */
  add(events: readonly LiveEvent[], position: bigint): void {
    for (const event of events) this.characters += event.text.length;
    this.events.push(...events);
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

  /** The next events after a position not before `start`, `most` of them, and how far they go. */
  after(position: bigint, most: number): { events: LiveEvent[]; position: bigint } {
    const events: LiveEvent[] = [];
    for (let at = this.events.length - 1; at >= 0; at -= 1) {
      const event = this.events[at];
      if (!event || event.position <= position) break;
      events.push(event);
    }
    const next = events.reverse().slice(0, most);
    const whole = next.length === events.length;
    return { events: next, position: whole ? this.position : (next.at(-1)?.position ?? this.position) };
  }
}
