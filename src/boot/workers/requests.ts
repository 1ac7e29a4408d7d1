import { withTimeout } from '../../shared/concurrency/with-timeout.js';

/** Requests to another process that are under way: each message carries the id of its request. */
export class Requests<Answer> {
  private readonly waiting = new Map<number, (answer: Answer) => void>();
  private count = 0;

  /** Sends a request, and resolves to its answer. Throws where none comes in time. */
  async send(timeoutMs: number, send: (id: number) => void): Promise<Answer> {
    this.count += 1;
    const id = this.count;
    try {
      const answer = new Promise<Answer>((resolve) => this.waiting.set(id, resolve));
      send(id);
      return await withTimeout(timeoutMs, answer, () => new Error('a process gave no answer in time'));
    } finally {
      this.waiting.delete(id);
    }
  }

  answered(id: number, answer: Answer): void {
    this.waiting.get(id)?.(answer);
  }
}
