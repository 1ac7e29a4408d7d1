import type { Api } from '../api/api.js';
import type { Viewers } from '../api/answers.js';
import type { Store } from '../state.js';

/** The server forgets a page that says nothing for 45 s: one word may be lost. */
const everyMs = 20_000;

/**
 * Says that this page looks at the open ticket, for as long as it is open, in sight, and somebody is there, and learns who else does. It
 * is no duty: where it does not work, the page goes on without, and says nothing.
 */
export class Looking {
  /** This page, of whoever has several. */
  private readonly viewerId = crypto.randomUUID();
  /** The ticket that this page looks at; the server is told in its turn. */
  private at: string | undefined;
  /** What the server may know of. */
  private told: string | undefined;
  /** Something is being told; what is due then is told after its answer, so that the last word is the last one to arrive. */
  private isTelling = false;
  private isDue = false;
  private beat: ReturnType<typeof setInterval> | undefined;

  constructor(
    private readonly store: Store,
    private readonly api: Api,
    private readonly isAttended: () => boolean,
  ) {}

  begin(): void {
    this.store.onChange(() => this.follow());
    for (const sign of ['visibilitychange', 'pointerdown', 'keydown'])
      document.addEventListener(sign, () => this.follow());
    // A page that is closed, or put away to be come back to.
    addEventListener('pagehide', () => this.leave());
    addEventListener('pageshow', () => this.follow());
    this.follow();
  }

  /** The ticket that is looked at now. */
  private get looked(): string | undefined {
    const { open, connection } = this.store.state;
    const isSeen = document.visibilityState === 'visible' && this.isAttended();
    return open?.problem === undefined && isSeen && connection !== 'signed-out' ? open?.ticketId : undefined;
  }

  private follow(): void {
    if (this.looked !== this.at) this.move(this.looked);
  }

  private move(ticketId: string | undefined): void {
    this.at = ticketId;
    clearInterval(this.beat);
    if (this.store.state.others.length > 0) this.store.set({ others: [] });
    if (ticketId !== undefined)
      this.beat = setInterval(() => {
        this.follow();
        if (this.at === ticketId) void this.tell();
      }, everyMs);
    void this.tell();
  }

  /** A page that is closed waits for no answer: what is being told meanwhile is taken back once more, where the page lives on. */
  private leave(): void {
    const { told } = this;
    if (told !== undefined) void this.api.leave(this.pathOf(told));
    if (!this.isTelling) this.told = undefined;
    this.move(undefined);
  }

  /** Tells where this page looks by now, one word after the other: what was passed meanwhile is not told. */
  private async tell(): Promise<void> {
    this.isDue = true;
    if (this.isTelling) return;
    this.isTelling = true;
    while (this.isDue) {
      this.isDue = false;
      if (this.at !== undefined) await this.look(this.at);
      else if (this.told !== undefined) await this.lookAway(this.told);
    }
    this.isTelling = false;
  }

  private async lookAway(ticketId: string): Promise<void> {
    await this.api.leave(this.pathOf(ticketId));
    this.told = undefined;
  }

  /** Another ticket takes the place of the one before by itself. */
  private async look(ticketId: string): Promise<void> {
    this.told = ticketId;
    const reply = await this.api.put<Viewers>(this.pathOf(ticketId), {});
    if (this.at !== ticketId) return;
    const others = reply.kind === 'answer' ? reply.body.others : [];
    // What is the same is not read out again.
    if (others.join('\n') !== this.store.state.others.join('\n')) this.store.set({ others });
  }

  private pathOf(ticketId: string): string {
    return `/v1/tickets/${ticketId}/viewers/${this.viewerId}`;
  }
}
