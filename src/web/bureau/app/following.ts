import { lossOf, type Api, type Loss } from './api/api.js';
import { LiveChanges, type LiveChange } from './api/live-changes.js';
import type { News } from './news.js';
import type { OwnTeams } from './queue/own-teams.js';
import type { QueueReader } from './queue/queue-reader.js';
import type { Store } from './state.js';
import type { TicketReader } from './tickets/ticket-reader.js';
import { sayIn } from './words.js';

/** Counts are read again so long after what was done here, or concerns whoever works here. */
const soonMs = 1_500;
/** And so long after what others did, spread: a busy morning has several changes a second, which hundreds of desks hear of. */
const laterMs = 10_000;
/** What is done without anybody at the desk must not keep its session alive: after so long nothing is read by itself. */
const attendedMs = 5 * 60_000;

interface Readers {
  queue: QueueReader;
  tickets: TicketReader;
  news: News;
  teams: OwnTeams;
}

/** Keeps what is shown as it is on the server: hears what others do, notices that the network is away, and reads again after that. */
export class Following {
  private readonly live: LiveChanges;
  private counting: { timer: ReturnType<typeof setTimeout>; at: number } | undefined;
  private usedAt = Date.now();
  /** Something was heard of that was not read, since nobody was there. */
  private isBehind = false;

  constructor(
    private readonly store: Store,
    private readonly api: Api,
    private readonly readers: Readers,
    /** Sends what was held while the network was away. */
    private readonly resume: () => void,
  ) {
    this.live = new LiveChanges({
      changed: (change) => this.hear(change),
      opened: () => this.heal(),
      broken: () => this.say('away'),
      resync: (position) => {
        this.store.set({ known: new Map(), heardPosition: position });
        void this.readAll();
      },
    });
  }

  begin(): void {
    for (const sign of ['pointerdown', 'keydown']) addEventListener(sign, () => this.use());
    this.live.open();
  }

  /** A request was not answered, or refused since nobody is signed in: the stream tells when that is over. */
  lose(status: Loss): void {
    const isNew = this.store.state.connection === 'live';
    this.say(status);
    if (isNew) this.live.reopen();
  }

  async readAll(): Promise<void> {
    const { queue, tickets } = this.readers;
    await Promise.all([queue.refresh(), this.count(), tickets.refresh()]);
  }

  /** Counts again soon. */
  countSoon(): void {
    this.countIn(soonMs);
  }

  /** Takes in what somebody did, here or elsewhere. */
  private hear(change: LiveChange): void {
    const { person } = this.store.state.desk;
    this.store.set({ heardPosition: change.position });
    this.readers.queue.change(change);
    const isOwn = change.actor === person || change.ticket?.assignee === person;
    this.countIn(isOwn ? soonMs : laterMs * (1 + Math.random()));
    if (this.isAttended()) void this.readers.tickets.change(change);
    else this.isBehind = true;
  }

  /** Counts again after that time at the latest. */
  private countIn(delayMs: number): void {
    const at = Date.now() + delayMs;
    if (this.counting && this.counting.at <= at) return;
    clearTimeout(this.counting?.timer);
    const timer = setTimeout(() => {
      this.counting = undefined;
      if (this.isAttended()) void this.count();
      else this.isBehind = true;
    }, delayMs);
    this.counting = { timer, at };
  }

  private async count(): Promise<void> {
    await Promise.all([this.readers.queue.readViews(), this.readers.news.read()]);
  }

  /** Whether somebody was at the desk lately. */
  isAttended(): boolean {
    return Date.now() - this.usedAt < attendedMs;
  }

  /** Somebody is at the desk. */
  private use(): void {
    this.usedAt = Date.now();
    if (!this.isBehind) return;
    this.isBehind = false;
    void this.catchUp(false);
  }

  /** Reads everything behind what is shown, where nothing moves. */
  private async catchUp(isAfterBreak: boolean): Promise<void> {
    const { queue, tickets, teams } = this.readers;
    await Promise.all([queue.reconcile(isAfterBreak), this.count(), tickets.refresh(), teams.read()]);
  }

  private say(status: Loss): void {
    const { connection } = this.store.state;
    // Whether it is the network or the session that is over, only an answer says.
    if (connection === status || connection === 'signed-out') return;
    this.store.set({ connection: status });
    if (status === 'away') void this.askWhy();
  }

  /** A stream that ends says nothing: its session may be over. */
  private async askWhy(): Promise<void> {
    const reply = await this.api.get('/v1/views?limit=1');
    if (lossOf(reply) === 'signed-out') this.say('signed-out');
  }

  /**
   * The stream is open: after a break everything is read again behind what is shown, and what waits is sent. The lists may be some
   * moments older than the stream, and what happened in between is in neither: so they are read once more.
   */
  private heal(): void {
    const before = this.store.state.connection;
    // Where the log went back meanwhile, the position that was heard of may never come.
    this.store.set({ connection: 'live', heardPosition: undefined });
    setTimeout(() => void this.readers.queue.reconcile(), soonMs);
    if (before === 'opening') return;
    this.store.say(sayIn(this.store.state.desk.language)('back'));
    this.resume();
    void this.catchUp(true);
  }
}
