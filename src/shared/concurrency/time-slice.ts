/** Milliseconds of work between two rests: short enough that nobody notices, long enough that giving up the thread costs nothing. */
const sliceMs = 8;

/** For work that would hold the thread too long in one go: between its steps it lets other work run. */
export class TimeSlice {
  private since = performance.now();

  /** Whether the work has gone on for so long that it should rest. */
  get isOver(): boolean {
    return performance.now() - this.since > sliceMs;
  }

  /** Gives up the thread; resolves after whatever else is ready to run, and begins a new slice. */
  async rest(): Promise<void> {
    await new Promise((resolve) => setImmediate(resolve));
    this.since = performance.now();
  }
}
