import type { Day } from '../../calendar/local-days.js';

/** What lets tickets arrive by themselves. Only the demo has one: a server that is given none has no route and no bar of it. */
export abstract class Simulation {
  abstract readonly isPaused: boolean;
  /** The day that a first visit begins with, and the bulletin that was published about it. */
  abstract readonly tour: { day: Day; bulletin: Day };
  /** No ticket arrives until `resume`. Paused already: nothing changes. */
  abstract pause(): void;
  abstract resume(): void;
  /** Ends it for good, once what it was sending is answered. */
  abstract stop(): Promise<void>;
}
