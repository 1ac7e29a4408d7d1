import { instant, type Instant } from './instant.js';

/** Where the present comes from, so that a test can say what time it is. */
export abstract class Clock {
  abstract now(): Instant;
}

export class SystemClock extends Clock {
  now(): Instant {
    return instant(Date.now());
  }
}
