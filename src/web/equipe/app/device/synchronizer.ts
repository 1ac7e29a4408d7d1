import type { Language } from '../../../../shared/text/text.js';
import { problemCode } from '../../../browser/api-request.js';
import { spreadBackoffMs } from '../queue/spread-backoff.js';
import { deviceTime } from '../queue/device-time.js';
import { matchAnswers, nextBatch, type Entry, type QueueRefusal } from '../queue/queue.js';
import { refusalOf, type ProblemAnswer, type Pushed } from './answers.js';
import type { DeviceReply, ServerClient } from './server.js';
import type { Store } from './store.js';
import type { TabletLanguage } from './tablet-language.js';

/** The result of the last round, or `working` while one is under way. */
export type SyncState =
  | { kind: 'working' }
  | { kind: 'up-to-date' }
  /** No answer from our server: there is no network, or the server is down. */
  | { kind: 'away' }
  | { kind: 'signed-out' }
  /** A refusal that stays until someone acts, for example because the role was taken away. */
  | { kind: 'refused'; refusal: QueueRefusal };

/** The result of a round that ended before everything was sent and fetched. */
type Ended = Exclude<SyncState, { kind: 'working' | 'up-to-date' }> & { retryAfterMs?: number };

const everyMs = 60_000;
const maxCommands = 200;
const maxCharacters = 1_000_000;
/** As the server does with the times of commands. */
const maxToleratedSkewMs = 2 * 60_000;

/** Sends the queue and fetches changes, one round at a time on this tablet, however many tabs are open. */
export class Synchronizer {
  state: SyncState = { kind: 'up-to-date' };
  /** Resolves once the server has said who is signed in, or could not be heard. */
  readonly checked: Promise<void>;
  private failures = 0;
  private onChecked: () => void = () => undefined;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private running = false;
  /** How many times `wake` was called; a call during a round starts the next round at once. */
  private woken = 0;

  constructor(
    private readonly store: Store,
    private readonly server: ServerClient,
    private readonly language: TabletLanguage,
    private readonly changed: () => void,
  ) {
    this.checked = new Promise((resolve) => (this.onChecked = resolve));
  }

  /** Starts a round now: a command was made, the button was pressed, or the network is back. */
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
    // Whatever request said so: what is kept here is locked before anything is shown again.
    if (ended?.kind === 'signed-out') await this.store.lock();
    this.onChecked();
    this.running = false;
    this.failures = ended?.kind === 'away' ? this.failures + 1 : 0;
    this.become(ended ?? { kind: 'up-to-date' });
    const wait =
      ended?.kind === 'away' ? spreadBackoffMs(this.failures, Math.random(), ended.retryAfterMs) : everyMs;
    this.timer = setTimeout(() => this.wake(), this.woken === woken ? wait : 0);
  }

  /**
   * Runs `work` while no tab of this tablet sends or fetches. The server applies a command that two tabs send only once, but sending
   * it twice would be wasted.
   */
  alone<Result>(work: () => Promise<Result>): Promise<Result> {
    return navigator.locks.request('equipe-sync', work);
  }

  private endedBy(reply: Parameters<typeof endedBy>[0]): Ended {
    return endedBy(reply, this.language.current());
  }

  private become(state: SyncState): void {
    this.state = state;
    this.changed();
  }

  /** One round; undefined where everything was sent and fetched. */
  private async round(): Promise<Ended | undefined> {
    const session = await this.server.session();
    if (session.kind !== 'answer') return this.endedBy(session);
    const { person } = session.body;
    if (!(await this.store.isUnlockedFor(person))) {
      const key = await this.server.deviceKey(person);
      if (key.kind !== 'answer') return this.endedBy(key);
      // Someone else signed in meanwhile.
      if (key.body.person !== person) return { kind: 'away' };
      await this.store.unlock(key.body);
    }
    await this.store.show(session.body);
    this.onChecked();
    this.changed();
    const pushed = await this.push(person);
    if ('kind' in pushed) return pushed;
    const ended = (await this.sendPhotos(person)) ?? (await this.pull(person, pushed.position));
    if (ended) return ended;
    await this.store.tidy(person, Date.now());
    await this.store.note(person, (known) => ({ ...known, syncedAt: deviceTime(new Date()) }));
    return undefined;
  }

  private async push(person: string): Promise<Ended | { position?: string }> {
    const { deviceId } = await this.store.device();
    let batchSize = maxCommands;
    let position: string | undefined;
    for (;;) {
      const batch = nextBatch(await this.store.queue(), person, { maxCommands: batchSize, maxCharacters });
      if (batch.length === 0) return position === undefined ? {} : { position };
      const commands = batch.map(({ command }) => command);
      const reply = await this.server.push(person, { deviceId, sentAt: deviceTime(new Date()), commands });
      if (reply.kind === 'problem' && reply.status === 413) {
        if (batch.length === 1) await this.refuse(person, batch, reply.problem);
        batchSize = Math.ceil(batch.length / 2);
        continue;
      }
      if (reply.kind !== 'answer') return this.endedBy(reply);
      const done = await this.settle(person, batch, reply.body);
      // An answer about none of the sent commands ends the round: sending them again at once would never end.
      if (!done) return { kind: 'away' };
      ({ position } = reply.body);
    }
  }

  /** Sends the photos whose tickets are opened by now; undefined where all were answered. */
  private async sendPhotos(person: string): Promise<Ended | undefined> {
    const { photos } = this.store;
    const skewMs = (await this.store.person(person))?.clockSkewMs ?? 0;
    const unopened = new Set(
      (await this.store.queue())
        .filter(({ command }) => command.type === 'open')
        .map(({ command }) => command.ticketId),
    );
    for (const photo of await photos.all()) {
      const image = await photos.image(photo);
      if (photo.refusal || unopened.has(photo.ticketId) || !image) continue;
      const { occurredAt } = photo;
      const at = Math.abs(skewMs) > maxToleratedSkewMs ? shifted(occurredAt, -skewMs) : occurredAt;
      const reply = await this.server.sendPhoto(person, { ...photo, occurredAt: at }, image);
      const ended = reply.kind === 'answer' ? undefined : this.endedBy(reply);
      if (ended && ended.kind !== 'refused') return ended;
      if (ended) await photos.refuse(person, photo, ended.refusal);
      else await photos.remove(photo);
      this.changed();
    }
    return undefined;
  }

  /** Applies an answer to the queue; false where it was about none of the sent commands. */
  private async settle(person: string, batch: Entry[], { results, clockSkewMs }: Pushed): Promise<boolean> {
    const answers = results.map(({ problem, ...result }) => ({
      ...result,
      ...(problem ? { refusal: refusalOf(problem, this.language.current()) } : {}),
    }));
    const { accepted, refused } = await this.store.settle(person, (queue) =>
      matchAnswers(queue, batch, answers),
    );
    if (clockSkewMs !== null) await this.store.note(person, (known) => ({ ...known, clockSkewMs }));
    this.changed();
    return accepted.length + refused.length > 0;
  }

  private async refuse(person: string, batch: Entry[], problem: ProblemAnswer): Promise<void> {
    const refusal = refusalOf(problem, this.language.current());
    const results = batch.map(({ command: { commandId } }) => ({
      commandId,
      status: 'refused' as const,
      refusal,
    }));
    await this.store.settle(person, (queue) => matchAnswers(queue, batch, results));
  }

  private async pull(person: string, minPosition: string | undefined): Promise<Ended | undefined> {
    let cursor = (await this.store.person(person))?.cursor;
    for (;;) {
      const reply = await this.server.changes(person, cursor, minPosition);
      if (reply.kind === 'problem' && reply.status === 400 && cursor !== undefined) {
        // The server no longer accepts this cursor, so fetching begins anew.
        cursor = undefined;
        continue;
      }
      if (reply.kind !== 'answer') return this.endedBy(reply);
      await this.store.takeIn(person, reply.body, Date.now());
      this.changed();
      ({ cursor } = reply.body);
      if (!reply.body.more) return undefined;
    }
  }
}

const shifted = (time: string, byMs: number): string => deviceTime(new Date(Date.parse(time) + byMs));

const endedBy = (reply: Exclude<DeviceReply<unknown>, { kind: 'answer' }>, language: Language): Ended => {
  if (reply.kind === 'away') return { kind: 'away' };
  const { status, problem, retryAfterMs } = reply;
  if (status === 401) return { kind: 'signed-out' };
  // `another-person`: someone else signed in while the request was on its way; the next round reads the session again.
  const passing =
    status >= 500 || status === 408 || status === 429 || problemCode(problem) === 'another-person';
  if (passing) return { kind: 'away', ...(retryAfterMs === undefined ? {} : { retryAfterMs }) };
  return { kind: 'refused', refusal: refusalOf(problem, language) };
};
