import { LRUCache } from 'lru-cache';
import type { AccessAction } from '../../shared/vocabulary.js';
import type { Access } from './access.js';
import { numberOf } from './seen-tickets.js';

const windowMs = 3_600_000;
/** Who read longest ago is forgotten when there are more. */
const maxPeople = 10_000;

/** What programs fetch by themselves, as it changes: a tablet in the morning has thousands of tickets. */
const byPrograms: ReadonlySet<AccessAction> = new Set(['changes', 'live', 'batch', 'accesses']);

export interface AlertThresholds {
  /** Different tickets that one person is shown in an hour; 0: any number. */
  tickets: number;
  /** Refusals of one person in an hour (403 and 404); 0: any number. */
  refusals: number;
}

export interface Alert {
  kind: 'many-tickets' | 'many-refusals';
  count: number;
}

interface Window {
  endsAt: number;
  tickets: Set<number>;
  refusals: number;
  raised: Set<Alert['kind']>;
}

/** Notices who is shown very many tickets, or refused very often, within an hour from their first access. Counted by each process. */
export class AccessAlerts {
  private readonly windows = new LRUCache<string, Window>({ max: maxPeople });

  constructor(private readonly thresholds: AlertThresholds) {}

  /** The alert that this access is reason for: the first beyond the threshold is, and no other of the same hour. */
  note({ person, action, tickets, refused }: Access, now: number): Alert | undefined {
    const window = this.windowOf(person, now);
    if (refused) {
      window.refusals += 1;
      return raise(window, 'many-refusals', { count: window.refusals, threshold: this.thresholds.refusals });
    }
    if (byPrograms.has(action) || window.raised.has('many-tickets')) return undefined;
    for (const { ticketId } of tickets) window.tickets.add(numberOf(ticketId));
    return raise(window, 'many-tickets', { count: window.tickets.size, threshold: this.thresholds.tickets });
  }

  private windowOf(person: string, now: number): Window {
    const known = this.windows.get(person);
    if (known && now < known.endsAt) return known;
    const window = {
      endsAt: now + windowMs,
      tickets: new Set<number>(),
      refusals: 0,
      raised: new Set<Alert['kind']>(),
    };
    this.windows.set(person, window);
    return window;
  }
}

const raise = (
  { raised, tickets }: Window,
  kind: Alert['kind'],
  { count, threshold }: { count: number; threshold: number },
): Alert | undefined => {
  if (threshold === 0 || count <= threshold || raised.has(kind)) return undefined;
  raised.add(kind);
  if (kind === 'many-tickets') tickets.clear();
  return { kind, count };
};
