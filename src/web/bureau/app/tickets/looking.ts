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
  /** What the server knows of. */
  private at: string | undefined;
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
    addEventListener('pagehide', () => this.move(undefined));
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

  /** Another ticket takes the place of the one before by itself. */
  private move(ticketId: string | undefined): void {
    const before = this.at;
    this.at = ticketId;
    clearInterval(this.beat);
    if (this.store.state.others.length > 0) this.store.set({ others: [] });
    if (ticketId === undefined) {
      if (before !== undefined) this.api.leave(this.pathOf(before));
      return;
    }
    this.beat = setInterval(() => {
      this.follow();
      if (this.at === ticketId) void this.look(ticketId);
    }, everyMs);
    void this.look(ticketId);
  }

  private async look(ticketId: string): Promise<void> {
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
