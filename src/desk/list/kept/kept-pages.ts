import { Injectable, type OnModuleDestroy } from '@nestjs/common';
import { LRUCache } from 'lru-cache';
import { Pool } from 'pg';
import { Metrics } from '../../../platform/observability/metrics.js';
import { Projections } from '../../../platform/projections/projections.js';
import { SharedRun } from '../../../shared/concurrency/shared-run.js';
import { answerOf, answerWithSameItems, type PageAnswer } from '../list-answer.js';
import { type ListedPage, type PageQuery, readTicketPage } from '../list-tickets.js';
import { TicketList } from '../ticket-list.projection.js';
import { concerns, type PageExtent } from './concerns.js';
import { type ListChange, type ListState, readListChanges } from './list-changes.js';

/** Some 800 pages of fifty tickets. */
const maxBytes = 32 * 1024 * 1024;
/** What a page takes beside its answer, and each of its tickets. */
const bytesOfPage = 1_000;
const bytesOfTicket = 250;

/** A page as it was read, and as it is answered. */
interface ReadPage {
  page: Omit<ListedPage, 'items'>;
  answer: PageAnswer;
}

/** A page that is what the database would answer at the position at which the list is known. */
interface KeptPage extends ReadPage {
  extent: PageExtent;
}

/** A page that is being read. */
interface Reading {
  read: Promise<ReadPage>;
  /** What was heard of meanwhile. */
  changes: ListChange[];
  /** Whether it is not to be kept, whatever it is. */
  isLost: boolean;
}

/**
 * Pages of lists, kept as they are answered for all who ask for the same. Each time, before one is taken, the database tells at which
 * position the list is now and which tickets have changed since it was asked last (one question for all who wait): a page that one
 * of them concerns is dropped, and any other is what the database would answer now. Those who ask for a page that is being read wait
 * for it, as long as it is no older than their question.
 */
@Injectable()
export class KeptPages implements OnModuleDestroy {
  private readonly pages = new LRUCache<string, KeptPage>({
    maxSize: maxBytes,
    sizeCalculation: ({ answer: { body, tickets } }, key) =>
      body.length + tickets.length * bytesOfTicket + key.length + bytesOfPage,
  });
  private readonly readings = new Map<string, Reading>();
  private readonly checks = new SharedRun(() => this.check());
  /** What the list was at when it was asked last; every kept page is as of then, or of later. */
  private known: ListState | undefined;
  private readonly reads = { hit: 0, miss: 0 };
  private readonly stopListening: () => void;

  constructor(
    private readonly pool: Pool,
    projections: Projections,
    metrics: Metrics,
  ) {
    const sizes = () => ({ bytes: this.pages.calculatedSize, entries: this.pages.size });
    metrics.watchCache('ticket-lists', () => ({ ...sizes(), reads: this.reads }));
    this.stopListening = projections.onAdvance(TicketList, () => this.refresh());
  }

  onModuleDestroy(): void {
    this.stopListening();
    this.forgetAll();
  }

  /** The page as it is in the database now, or was at some moment since this was called. */
  async answer(query: PageQuery): Promise<PageAnswer> {
    const key = keyOf(query);
    const isIdle = this.pages.size === 0 && this.readings.size === 0;
    if (!isIdle && !this.pages.has(key) && !this.readings.has(key)) return this.read(key, query);
    const now = await this.checks.run();
    for (;;) {
      const kept = this.pages.get(key);
      if (kept) return this.taken(kept, now);
      const reading = this.readings.get(key);
      if (!reading || now.incomplete > 0) return this.read(key, query);
      const { page, answer } = await reading.read;
      if (isAsOf(page, now)) return this.counted('hit', answer);
    }
  }

  private taken(kept: KeptPage, { position }: ListState): PageAnswer {
    if (position > BigInt(kept.page.position)) {
      kept.page = { ...kept.page, position: String(position) };
      kept.answer = answerWithSameItems(kept.answer, kept.page, kept.extent.query.page);
    }
    return this.counted('hit', kept.answer);
  }

  private async read(key: string, query: PageQuery): Promise<PageAnswer> {
    const reading: Reading = { changes: [], isLost: this.readings.has(key), read: this.readPage(query) };
    if (!reading.isLost) this.readings.set(key, reading);
    try {
      const { page, answer } = await reading.read;
      // Nothing is awaited from here on until the reading is over: a change is heard of by it, or by the page that is kept.
      const { following, position } = page;
      const ticketIds = new Set(answer.tickets.map(({ ticketId }) => ticketId));
      const extent = { query, following, ticketIds, position: BigInt(position) };
      const isSame = page.rows === this.known?.rows && page.incomplete === 0 && !reading.isLost;
      if (isSame && !reading.changes.some((change) => concerns(change, extent)))
        this.pages.set(key, { extent, page, answer });
      return this.counted('miss', answer);
    } finally {
      if (this.readings.get(key) === reading) this.readings.delete(key);
    }
  }

  private async readPage(query: PageQuery): Promise<ReadPage> {
    const { items, ...page } = await readTicketPage(this.pool, query);
    return { page, answer: answerOf({ items, ...page }, query.page) };
  }

  private counted(outcome: keyof typeof this.reads, answer: PageAnswer): PageAnswer {
    this.reads[outcome] += 1;
    return answer;
  }

  /** A page that shows what has changed is dropped as soon as the rows have, whether anybody asks for it or not. */
  private refresh(): void {
    if (this.pages.size > 0) this.checks.run().catch(() => undefined);
  }

  /** Drops the pages that are not the same any more. One at a time. */
  private async check(): Promise<ListState> {
    const before = this.known;
    const { changes, ...now } = await readListChanges(this.pool, before?.position).catch((error: unknown) => {
      this.forgetAll();
      throw error;
    });
    this.known = now;
    const isSame = now.rows === before?.rows && now.position >= before.position && now.incomplete === 0;
    if (isSame && changes) this.hear(changes);
    else this.forgetAll();
    return now;
  }

  private hear(changes: readonly ListChange[]): void {
    if (changes.length === 0) return;
    for (const [key, { extent }] of [...this.pages.entries()])
      if (changes.some((change) => concerns(change, extent))) this.pages.delete(key);
    for (const reading of this.readings.values()) reading.changes.push(...changes);
  }

  private forgetAll(): void {
    this.pages.clear();
    for (const reading of this.readings.values()) reading.isLost = true;
  }
}

/** Whoever asks for the same gets the same page; in what order statuses are named makes no difference. */
const keyOf = ({ scope, filter, page }: PageQuery): string => {
  const statuses = filter.statuses && [...filter.statuses].sort();
  return JSON.stringify([scope, { ...filter, statuses }, page]);
};

/** Whether a page includes all that was known of the list at some moment. Events that are put aside change rows without a position. */
const isAsOf = ({ rows, position, incomplete }: Omit<ListedPage, 'items'>, now: ListState): boolean =>
  rows === now.rows && incomplete === 0 && BigInt(position) >= now.position;
