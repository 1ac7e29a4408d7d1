import type { Api } from './api/api.js';
import type { Notifications } from './api/answers.js';
import { keptSettings } from './browser.js';
import { readingUpTo, type Store } from './state.js';

const shownNews = 30;

/** What others did to the tickets that concern this person. */
export class News {
  constructor(
    private readonly store: Store,
    private readonly api: Api,
  ) {}

  async read(): Promise<void> {
    const query = readingUpTo(this.store.state, new URLSearchParams({ limit: String(shownNews) }));
    const reply = await this.api.get<Notifications>(`/v1/notifications?${query.toString()}`);
    if (reply.kind === 'answer') this.store.set({ notifications: reply.body.items });
    if (this.store.state.panel === 'notifications') this.see();
  }

  /** All that is shown now has been looked at. */
  see(): void {
    const { notifications, desk } = this.store.state;
    const [newest] = notifications;
    if (!newest) return;
    keptSettings.keepSeenPosition(desk.person, newest.position);
    this.store.set({ seenPosition: newest.position });
  }
}

/** How many came after what was looked at; positions outgrow a double. */
export const countUnseen = (notifications: readonly { position: string }[], seenPosition: string): number =>
  notifications.filter(({ position }) => BigInt(position) > BigInt(seenPosition)).length;
