import { instant, type Instant } from './instant.js';

/** The source of the current time, so that a test can set it. */
export abstract class Clock {
  abstract now(): Instant;
}

export class SystemClock extends Clock {
  now(): Instant {
    return instant(Date.now());
  }
}
