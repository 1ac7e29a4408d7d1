/** A timer takes no longer time than this, and fires at once where it is given more. */
const maxTimerMs = 2 ** 31 - 1;

/** How long a timer has to run so that it fires at an instant, in milliseconds since 1970; the longest that it can, where that is later. */
export const msUntil = (instant: number): number => Math.min(Math.max(instant - Date.now(), 0), maxTimerMs);
