import type { Reply } from '../../../browser/api-request.js';
import { lossOf, type Api, type Loss } from '../api/api.js';
import type { BulkAnswer, TemplateApplication } from '../api/answers.js';
import type { Store } from '../state.js';
import { sayIn } from '../words.js';
import { afterCommand } from './command.js';
import { isTransient, retryMs, troubleOf } from './outbox.js';
import type { BulkWork, PendingBulk } from './pending.js';

/** The most tickets, and the most commands, of one request. */
const maxTickets = 500;
const maxCommands = 1_000;
type Answered = BulkAnswer | TemplateApplication;

/** How long a bulk can be taken back before it is sent. */
const undoableForMs = 8_000;

/** Work on several tickets: shown at once, sent after a moment, and taken back until then. */
export class BulkSender {
  private timer: ReturnType<typeof setTimeout> | undefined;

  constructor(
    private readonly store: Store,
    private readonly api: Api,
    private readonly onLost: (loss: Loss) => void,
    private readonly onDone: (ticketIds: readonly string[]) => void,
  ) {}

  /** What is begun while another one is not answered waits for its turn: neither takes the place of the other. */
  begin(work: BulkWork, ticketIds: readonly string[]): void {
    const size = Math.min(maxTickets, Math.floor(maxCommands / Math.max(1, work.commands.length)));
    const parts = [];
    for (let at = 0; at < ticketIds.length; at += size)
      parts.push({ commandId: crypto.randomUUID(), ticketIds: ticketIds.slice(at, at + size) });
    const begun: PendingBulk = { ticketIds, work, parts, state: 'undoable' };
    const { bulk, bulksWaiting } = this.store.state;
    this.store.set({ bulksWaiting: [...bulksWaiting, begun] });
    if (!bulk) {
      this.store.set({ refusals: new Map() });
      this.next();
      return;
    }
    this.store.say(this.word('sentAfter'));
    // One that can still be taken back has had its moment.
    if (bulk.state === 'undoable') void this.send();
  }

  undo(): void {
    if (this.store.state.bulk?.state !== 'undoable') return;
    clearTimeout(this.timer);
    this.next();
    this.store.say(this.word('undone'));
  }

  /** Sends what waits: now, or because the network is back. */
  async send(): Promise<void> {
    clearTimeout(this.timer);
    const { bulk } = this.store.state;
    if (!bulk || bulk.state === 'sending') return;
    this.store.set({ bulk: { ...bulk, state: 'sending' } });
    const [next, ...rest] = bulk.parts;
    if (!next) return;
    const { path, body } = bulk.work;
    const reply = await this.api.post<Answered>(path, { ...body, ...next });
    if (reply.kind === 'answer') {
      this.done(bulk, reply.body);
      this.onDone(next.ticketIds);
      if (rest.length === 0) {
        this.next();
        return;
      }
      const ticketIds = rest.flatMap((part) => part.ticketIds);
      this.store.set({ bulk: { ...bulk, ticketIds, parts: rest, state: 'held' } });
      await this.send();
      return;
    }
    this.notDone(bulk, reply);
  }

  /** What was there is over: the next one has its moment. */
  private next(): void {
    const [bulk, ...bulksWaiting] = this.store.state.bulksWaiting;
    this.store.set({ bulk, bulksWaiting });
    if (bulk) this.timer = setTimeout(() => void this.send(), undoableForMs);
  }

  /** Keeps what may be sent again, and gives up what can't. */
  private notDone(bulk: PendingBulk, reply: Exclude<Reply<Answered>, { kind: 'answer' }>): void {
    const loss = lossOf(reply);
    if (reply.kind === 'problem' && !loss && !isTransient(reply.status)) {
      this.next();
      this.store.trouble(troubleOf(reply.problem, this.store.state.desk.language));
      return;
    }
    this.store.set({ bulk: { ...bulk, state: 'held' } });
    if (reply.kind === 'problem' && isTransient(reply.status)) {
      this.timer = setTimeout(() => void this.send(), reply.retryAfterMs ?? retryMs);
      return;
    }
    if (loss) this.onLost(loss);
  }

  /** What was applied is as it was shown; what was refused stays selected, with its reason. */
  private done({ work: { commands }, ticketIds }: PendingBulk, { results }: Answered): void {
    const { state } = this.store;
    const known = new Map(state.known);
    const refusals = new Map(state.refusals);
    let refused = 0;
    const selected = new Set(state.selected);
    // One ticket alone was not selected: what is wrong with it is said by itself.
    const isOne = ticketIds.length === 1;
    for (const { ticketId, status, revision, problem } of results) {
      if (ticketId === null) continue;
      if (status === 'refused' || status === 'retry') {
        const { title } = problem ? troubleOf(problem, state.desk.language) : { title: this.word('refused') };
        refusals.set(ticketId, title);
        refused += 1;
        if (isOne && problem) this.store.trouble({ ...troubleOf(problem, state.desk.language), ticketId });
        else selected.add(ticketId);
        continue;
      }
      selected.delete(ticketId);
      const ticket = known.get(ticketId);
      if (ticket && revision !== undefined && revision > ticket.revision)
        known.set(ticketId, { ...commands.reduce(afterCommand, ticket), revision });
    }
    this.store.set({ known, refusals, selected });
    this.store.say(`${this.word('done')}: ${results.length - refused}. ${this.refusedText(refused)}`);
  }

  private refusedText(count: number): string {
    return count === 0 ? '' : `${count} ${this.word(count > 1 ? 'refusedMany' : 'refused')}.`;
  }

  private word(name: Parameters<ReturnType<typeof sayIn>>[0]): string {
    return sayIn(this.store.state.desk.language)(name);
  }
}
