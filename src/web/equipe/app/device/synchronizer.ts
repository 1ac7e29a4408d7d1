import { spreadBackoffMs } from '../queue/spread-backoff.js';
import { deviceTime } from '../queue/device-time.js';
import { judged, nextBatch, type Entry, type QueueRefusal } from '../queue/queue.js';
import { problemCode, refusalOf, type ProblemAnswer, type Pushed } from './answers.js';
import type { Reply, ServerClient } from './server.js';
import type { Store } from './store.js';

/** How the last try ended, or that one is under way. */
export type SyncState =
  | { kind: 'working' }
  | { kind: 'up-to-date' }
  /** No answer of ours: no network, or the server is down. */
  | { kind: 'away' }
  | { kind: 'signed-out' }
  /** Trying again changes nothing until someone acts: the role is gone, say. */
  | { kind: 'refused'; refusal: QueueRefusal };

/** A round that ended before it was done. */
type Ended = Exclude<SyncState, { kind: 'working' | 'up-to-date' }> & { retryAfterMs?: number };

const everyMs = 60_000;
const maxCommands = 200;
const maxCharacters = 1_000_000;

/** Sends what waits and fetches what changed, one round at a time on this tablet, however many tabs are open. */
export class Synchronizer {
  state: SyncState = { kind: 'up-to-date' };
  private failures = 0;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private running = false;
  /** How often it was woken. */
  private woken = 0;

  constructor(
    private readonly store: Store,
    private readonly server: ServerClient,
    private readonly changed: () => void,
  ) {}

  /** Now: someone made a command, pressed the button, or the network is back. */
  wake(): void {
    clearTimeout(this.timer);
    this.woken += 1;
    if (!this.running) void this.run();
  }

  private async run(): Promise<void> {
    this.running = true;
    const { woken } = this;
    this.become({ kind: 'working' });
    const ended = await this.alone(() => this.round()).catch((error: unknown): Ended => {
      console.error(error);
      return { kind: 'away' };
    });
    this.running = false;
    this.failures = ended?.kind === 'away' ? this.failures + 1 : 0;
    this.become(ended ?? { kind: 'up-to-date' });
    const wait =
      ended?.kind === 'away' ? spreadBackoffMs(this.failures, Math.random(), ended.retryAfterMs) : everyMs;
    this.timer = setTimeout(() => this.wake(), this.woken === woken ? wait : 0);
  }

  /** While nothing of this tablet's is on its way in any tab. What would be sent twice is done once, but what for. */
  alone<Result>(work: () => Promise<Result>): Promise<Result> {
    return navigator.locks.request('equipe-sync', work);
  }

  private become(state: SyncState): void {
    this.state = state;
    this.changed();
  }

  /** undefined: everything was sent and fetched. */
  private async round(): Promise<Ended | undefined> {
    const session = await this.server.session();
    if (session.kind !== 'answer') return endedBy(session);
    const { person, establishments } = session.body;
    await this.store.show(person, establishments);
    this.changed();
    const pushed = await this.push(person);
    if ('kind' in pushed) return pushed;
    const ended = await this.pull(person, pushed.position);
    if (ended) return ended;
    await this.store.tidy(person, Date.now());
    await this.store.note(person, (known) => ({ ...known, syncedAt: deviceTime(new Date()) }));
    return undefined;
  }

  private async push(person: string): Promise<Ended | { position?: string }> {
    const { deviceId } = await this.store.device();
    let most = maxCommands;
    let position: string | undefined;
    for (;;) {
      const batch = nextBatch(await this.store.queue(), person, { maxCommands: most, maxCharacters });
      if (batch.length === 0) return position === undefined ? {} : { position };
      const commands = batch.map(({ command }) => command);
      const reply = await this.server.push(person, { deviceId, sentAt: deviceTime(new Date()), commands });
      if (reply.kind === 'problem' && reply.status === 413) {
        if (batch.length === 1) await this.refuse(person, batch, reply.problem);
        most = Math.ceil(batch.length / 2);
        continue;
      }
      if (reply.kind !== 'answer') return endedBy(reply);
      const done = await this.settle(person, batch, reply.body);
      // An answer that answers nothing of what was asked: not to be asked for ever.
      if (!done) return { kind: 'away' };
      ({ position } = reply.body);
    }
  }

  /** Whether the answer was to anything that was sent. */
  private async settle(person: string, batch: Entry[], { results, clockSkewMs }: Pushed): Promise<boolean> {
    const told = results.map(({ problem, ...result }) => ({
      ...result,
      ...(problem ? { refusal: refusalOf(problem) } : {}),
    }));
    const { accepted, refused } = await this.store.settle(person, (queue) => judged(queue, batch, told));
    if (clockSkewMs !== null) await this.store.note(person, (known) => ({ ...known, clockSkewMs }));
    this.changed();
    return accepted.length + refused.length > 0;
  }

  private async refuse(person: string, batch: Entry[], problem: ProblemAnswer): Promise<void> {
    const refusal = refusalOf(problem);
    const results = batch.map(({ command: { commandId } }) => ({
      commandId,
      status: 'refused' as const,
      refusal,
    }));
    await this.store.settle(person, (queue) => judged(queue, batch, results));
  }

  private async pull(person: string, minPosition: string | undefined): Promise<Ended | undefined> {
    let cursor = (await this.store.person(person))?.cursor;
    for (;;) {
      const reply = await this.server.changes(person, cursor, minPosition);
      if (reply.kind === 'problem' && reply.status === 400 && cursor !== undefined) {
        // No server knows this cursor any more: begin anew.
        cursor = undefined;
        continue;
      }
      if (reply.kind !== 'answer') return endedBy(reply);
      await this.store.takeIn(person, reply.body, Date.now());
      this.changed();
      ({ cursor } = reply.body);
      if (!reply.body.more) return undefined;
    }
  }
}

const endedBy = (reply: Exclude<Reply<unknown>, { kind: 'answer' }>): Ended => {
  if (reply.kind === 'away') return { kind: 'away' };
  const { status, problem, retryAfterMs } = reply;
  if (status === 401) return { kind: 'signed-out' };
  // Someone else signed in while this was on its way: the next round asks who.
  const passing =
    status >= 500 || status === 408 || status === 429 || problemCode(problem) === 'another-person';
  if (passing) return { kind: 'away', ...(retryAfterMs === undefined ? {} : { retryAfterMs }) };
  return { kind: 'refused', refusal: refusalOf(problem) };
};
