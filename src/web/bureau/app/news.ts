import type { Api } from './api/api.js';
import type { Notifications } from './api/answers.js';
import type { Store } from './state.js';

const shownNews = 30;

/** What others did to the tickets that concern this person. */
export class News {
  constructor(
    private readonly store: Store,
    private readonly api: Api,
  ) {}

  async read(): Promise<void> {
    const reply = await this.api.get<Notifications>(`/v1/notifications?limit=${shownNews}`);
    if (reply.kind === 'answer') this.store.set({ notifications: reply.body.items });
  }

  /** All that is shown now has been looked at. */
  see(): void {
    const [newest] = this.store.state.notifications;
    if (newest) this.store.set({ seenPosition: newest.position });
  }
}

/** How many came after what was looked at; positions outgrow a double. */
export const countUnseen = (notifications: readonly { position: string }[], seenPosition: string): number =>
  notifications.filter(({ position }) => BigInt(position) > BigInt(seenPosition)).length;
