/** Short enough that nobody notices, long enough that giving up the thread costs nothing. */
const sliceMs = 8;

/** For work that would hold the thread too long in one go: between its steps it lets others have their turn. */
export class TimeSlice {
  private since = performance.now();

  /** Whether the work has gone on for so long that it should rest. */
  get isOver(): boolean {
    return performance.now() - this.since > sliceMs;
  }

  /** Resolves after whatever else is ready to go on. */
  async rest(): Promise<void> {
    await new Promise((resolve) => setImmediate(resolve));
    this.since = performance.now();
  }
}
