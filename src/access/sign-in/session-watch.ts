import type { Logger } from 'pino';
import type { SessionStore } from './session-store.js';

/** How soon a live connection hears that its session was ended elsewhere. */
const lookEveryMs = 1_000;

interface Watched {
  id: Buffer;
  onEnd: () => void;
}

/** Tells live connections that their session was ended: they asked once, and are answered for hours. */
export class SessionWatch {
  private readonly watched = new Set<Watched>();
  private timer: NodeJS.Timeout | undefined;

  constructor(
    private readonly store: Pick<SessionStore, 'alive'>,
    private readonly logger: Logger,
  ) {}

  /** Calls `onEnd` once the session is over; what it gives is called when nobody listens any more. */
  watch(id: Buffer, onEnd: () => void): () => void {
    const watched = { id, onEnd };
    this.watched.add(watched);
    this.timer ??= setTimeout(() => void this.look(), lookEveryMs).unref();
    return () => this.watched.delete(watched);
  }

  stop(): void {
    clearTimeout(this.timer);
    this.watched.clear();
  }

  /** While the database is away nothing is known of any session, and nothing is told over the connections either. */
  private async look(): Promise<void> {
    try {
      const asked = [...this.watched];
      const alive = await this.store.alive(asked.map(({ id }) => id));
      const kept = new Set(alive.map((id) => id.toString('hex')));
      for (const watched of asked.filter(({ id }) => !kept.has(id.toString('hex')))) {
        this.watched.delete(watched);
        watched.onEnd();
      }
    } catch (error) {
      this.logger.warn({ err: error }, 'sessions of live connections can’t be looked at');
    }
    this.timer = this.watched.size > 0 ? setTimeout(() => void this.look(), lookEveryMs).unref() : undefined;
  }
}
