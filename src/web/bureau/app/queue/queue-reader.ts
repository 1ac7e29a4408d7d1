import type { Reply } from '../../../browser/api-request.js';
import { lossOf, type Api, type Loss } from '../api/api.js';
import type { Ticket, TicketList, ViewList } from '../api/answers.js';
import type { LiveChange } from '../api/live-changes.js';
import { newer } from '../tickets/pending.js';
import { troubleOf } from '../tickets/outbox.js';
import { readingUpTo, type Store } from '../state.js';
import { queryOf } from './filter.js';
import { matches } from './matches.js';
import { afterChange, keptCurrent, noRows, reconciled, withoutRow, withPage } from './rows.js';

const pageSize = 100;
/** The most that one request lists. */
const maxPage = 500;

/** Reads the queue page by page, and keeps it up to date without moving a row under anybody's eyes. */
export class QueueReader {
  /** Only the newest reading counts. */
  private reading = 0;
  /** What was heard while lists are being read, by reading: an answer that is older than a change does not take it back. */
  private readonly heardMeanwhile = new Set<LiveChange[]>();

  constructor(
    private readonly store: Store,
    private readonly api: Api,
    private readonly onLost: (loss: Loss) => void,
  ) {}

  /** Another queue, from its beginning. */
  async begin(): Promise<void> {
    this.store.set({ rows: noRows, readAt: undefined, selected: new Set(), refusals: new Map() });
    await this.read(pageSize);
  }

  /** The same queue again, as far as it was read; the current ticket and the selection stay. */
  async refresh(): Promise<void> {
    await this.read(Math.min(maxPage, Math.max(pageSize, this.store.state.rows.ids.length)));
  }

  async more(): Promise<void> {
    const { rows, isReading } = this.store.state;
    if (rows.nextCursor === null || isReading) return;
    await this.read(pageSize, rows.nextCursor);
  }

  async readViews(): Promise<void> {
    const query = readingUpTo(this.store.state, new URLSearchParams({ counts: 'true', limit: '100' }));
    const reply = await this.api.get<ViewList>(`/v1/views?${query.toString()}`);
    if (reply.kind === 'answer') this.store.set({ views: reply.body.items });
  }

  /**
   * Reads the list behind the rows, none of which moves: because it may have been read too early, or after a break, in which the log may
   * have gone back: then what is read counts, and not what was known.
   */
  async reconcile(isAfterBreak = false): Promise<void> {
    const { rows, filter } = this.store.state;
    const query = readingUpTo(this.store.state, queryOf(filter));
    query.set('limit', String(Math.min(maxPage, Math.max(pageSize, rows.ids.length))));
    const { reply, hearAgain } = await this.list(query);
    const { state } = this.store;
    if (reply.kind !== 'answer' || state.filter !== filter || state.isReading) return;
    const { items, nextCursor } = reply.body;
    const known = new Map(state.known);
    for (const ticket of items)
      known.set(ticket.ticketId, isAfterBreak ? ticket : newer(known.get(ticket.ticketId), ticket));
    const ids = items.map(({ ticketId }) => ticketId);
    this.store.set({ known, rows: reconciled(state.rows, ids, nextCursor === null), readAt: Date.now() });
    hearAgain();
  }

  /** Takes in a live change: a listed ticket changes where it is, another one is counted. */
  change(change: LiveChange): void {
    for (const heard of this.heardMeanwhile) heard.push(change);
    this.takeChange(change);
  }

  private takeChange(change: LiveChange): void {
    const { ticketId, ticket, reason } = change;
    const { state } = this.store;
    const known = new Map(state.known);
    if (reason === 'transferred') {
      // Nobody here reads it any more, also not what was written before.
      known.delete(ticketId);
      this.store.set({
        ...{ known, rows: withoutRow(state.rows, ticketId) },
        current: keptCurrent(state.rows.ids, withoutRow(state.rows, ticketId).ids, state.current),
        selected: new Set([...state.selected].filter((id) => id !== ticketId)),
      });
      return;
    }
    const told = ticket ?? mergedAway(known.get(ticketId), change);
    // Tickets that are not listed are none of this page's business, but for whether they belong.
    if (told && known.has(ticketId)) known.set(ticketId, newer(known.get(ticketId), told));
    const asker = { person: state.desk.person, teams: state.teams, now: state.now };
    const belongs = told ? matches(told, state.filter, asker) : false;
    this.store.set({ known, rows: afterChange(state.rows, ticketId, belongs) });
  }

  private async read(limit: number, cursor?: string): Promise<void> {
    const reading = (this.reading += 1);
    this.store.set({ isReading: true });
    const query = queryOf(this.store.state.filter);
    query.set('limit', String(limit));
    if (cursor === undefined) readingUpTo(this.store.state, query);
    else query.set('cursor', cursor);
    const { reply, hearAgain } = await this.list(query);
    if (reading !== this.reading) return;
    if (reply.kind === 'answer') {
      this.take(reply.body, cursor === undefined);
      hearAgain();
      return;
    }
    this.store.set({ isReading: false });
    const loss = lossOf(reply);
    if (loss || reply.kind === 'away') this.onLost(loss ?? 'away');
    else {
      const { title, detail } = troubleOf(reply.problem, this.store.state.desk.language);
      this.store.set({ listProblem: `${title}. ${detail}`, rows: noRows });
    }
  }

  /** Reads a list; `hearAgain` takes in what was heard meanwhile and is newer than the answer. */
  private async list(query: URLSearchParams): Promise<{ reply: Reply<TicketList>; hearAgain: () => void }> {
    const heard: LiveChange[] = [];
    this.heardMeanwhile.add(heard);
    const reply = await this.api.get<TicketList>(`/v1/tickets?${query.toString()}`);
    this.heardMeanwhile.delete(heard);
    const hearAgain = (): void => {
      if (reply.kind !== 'answer') return;
      const position = BigInt(reply.body.position);
      for (const change of heard) if (BigInt(change.position) > position) this.takeChange(change);
    };
    return { reply, hearAgain };
  }

  private take({ items, nextCursor }: TicketList, isFirst: boolean): void {
    const { state } = this.store;
    const known = new Map(state.known);
    for (const ticket of items) known.set(ticket.ticketId, newer(known.get(ticket.ticketId), ticket));
    const ids = items.map(({ ticketId }: Ticket) => ticketId);
    const rows = withPage(isFirst ? noRows : state.rows, ids, nextCursor);
    const selected = isFirst ? new Set([...state.selected].filter((id) => ids.includes(id))) : state.selected;
    this.store.set({
      ...{ known, rows, selected, isReading: false, listProblem: undefined, readAt: Date.now() },
      current: isFirst ? keptCurrent(state.rows.ids, ids, state.current) : state.current,
    });
  }
}

const mergedAway = (
  known: Ticket | undefined,
  { revision, mergedInto = null }: LiveChange,
): Ticket | undefined => known && { ...known, status: 'merged', mergedInto, revision };
