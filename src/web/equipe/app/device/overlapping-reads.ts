/**
 * Reads of a state that changes, where every change begins a new read while others may still be under way. A read that is overtaken is
 * out of date: shown, it would bring back what is gone, such as the tickets of a person whose session has ended.
 */
export class OverlappingReads {
  private begun = 0;
  private newestDone = 0;

  /** What is read; undefined where a read that began later was done first. */
  async newest<Value>(read: () => Promise<Value>): Promise<Value | undefined> {
    this.begun += 1;
    const number = this.begun;
    const value = await read();
    if (number < this.newestDone) return undefined;
    this.newestDone = number;
    return value;
  }
}
