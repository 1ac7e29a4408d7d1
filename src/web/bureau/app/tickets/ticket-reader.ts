import type { Api, Loss } from '../api/api.js';
import type { AttachmentList, TicketChildren, History, Ticket, TicketList } from '../api/answers.js';
import type { LiveChange } from '../api/live-changes.js';
import { noSearch, type OpenTicket, type Store } from '../state.js';
import { sayIn } from '../words.js';
import { troubleOf } from './outbox.js';

const historySize = 100;
const maxFound = 8;

const unread = (ticketId: string): OpenTicket => ({
  ...{ ticketId, ticket: undefined, history: [], olderCursor: null, mergedFrom: [] },
  ...{ attachments: [], children: [], people: 1, problem: undefined, changedBy: undefined },
});

/** Reads the ticket beside the list: its own texts, its history, its files. */
export class TicketReader {
  /** Only the newest reading counts. */
  private reading = 0;

  constructor(
    private readonly store: Store,
    private readonly api: Api,
    private readonly onLost: (loss: Loss) => void,
  ) {}

  async open(ticketId: string): Promise<void> {
    if (this.store.state.open?.ticketId !== ticketId)
      this.store.set({ open: unread(ticketId), form: undefined, search: noSearch });
    await this.refresh();
  }

  /** Reads the open ticket again; what is being typed stays. */
  async refresh(): Promise<void> {
    const { open } = this.store.state;
    if (!open) return;
    const reading = (this.reading += 1);
    const path = `/v1/tickets/${open.ticketId}`;
    const [ticket, history, under] = await Promise.all([
      this.api.get<Ticket>(path),
      this.api.get<History>(`${path}/history?order=newest&limit=${historySize}`),
      this.api.get<TicketChildren>(`${path}/children`),
    ]);
    if (reading !== this.reading || this.store.state.open?.ticketId !== open.ticketId) return;
    if (ticket.kind === 'away' || history.kind === 'away') {
      this.onLost('away');
      return;
    }
    if (ticket.kind === 'problem' || history.kind === 'problem') {
      const { status, problem } =
        ticket.kind === 'problem' ? ticket : (history as typeof ticket & { kind: 'problem' });
      if (status === 401) this.onLost('signed-out');
      else {
        const { title } = troubleOf(problem, this.store.state.desk.language);
        // It may have left these establishments: what was read of it goes, too.
        this.update({ ...unread(open.ticketId), problem: title });
      }
      return;
    }
    const { items, nextCursor, mergedFrom } = history.body;
    this.update({
      ...{ ticket: ticket.body, history: items },
      ...{ olderCursor: nextCursor, mergedFrom, problem: undefined },
      // Without an answer about them, what was known of them stays.
      ...(under.kind === 'answer' ? { children: under.body.items, people: under.body.people } : {}),
    });
    if (ticket.body.attachments > 0) await this.readAttachments(open.ticketId);
  }

  async readOlder(): Promise<void> {
    const { open } = this.store.state;
    if (open?.olderCursor == null) return;
    const query = new URLSearchParams({
      ...{ order: 'newest', limit: String(historySize), cursor: open.olderCursor },
    });
    const reply = await this.api.get<History>(`/v1/tickets/${open.ticketId}/history?${query.toString()}`);
    if (reply.kind !== 'answer' || this.store.state.open?.ticketId !== open.ticketId) return;
    const { items, nextCursor } = reply.body;
    this.update({ history: [...this.store.state.open.history, ...items], olderCursor: nextCursor });
  }

  /** Takes in a live change of the open ticket; who made it is said where it was somebody else. */
  async change({ ticketId, revision, actor }: LiveChange): Promise<void> {
    const { open, desk } = this.store.state;
    if (open?.ticketId !== ticketId || (open.ticket?.revision ?? 0) >= revision) return;
    if (actor !== desk.person) this.update({ changedBy: actor });
    await this.refresh();
  }

  async attach(ticketId: string, file: File): Promise<void> {
    const say = sayIn(this.store.state.desk.language);
    this.store.say(say('attaching'));
    const commandId = crypto.randomUUID();
    const reply = await this.api.upload(`/v1/tickets/${ticketId}/attachments?commandId=${commandId}`, file);
    if (reply.kind === 'away') this.onLost('away');
    if (reply.kind === 'problem')
      this.store.trouble({ ...troubleOf(reply.problem, this.store.state.desk.language), ticketId });
    this.store.say(reply.kind === 'answer' ? say('done') : '');
    await this.refresh();
  }

  /** Looks for the other ticket of a merge or a link. */
  async searchOther(typed: string): Promise<void> {
    if (typed.trim() === '') return;
    const query = new URLSearchParams({ q: typed, limit: String(maxFound + 1) });
    const reply = await this.api.get<TicketList>(`/v1/tickets?${query.toString()}`);
    const { search, form } = this.store.state;
    if (reply.kind !== 'answer' || search.typed !== typed) return;
    const found = reply.body.items.filter(({ ticketId }) => !form?.ticketIds.includes(ticketId));
    this.store.set({ search: { ...search, found: found.slice(0, maxFound) } });
  }

  private async readAttachments(ticketId: string): Promise<void> {
    const reply = await this.api.get<AttachmentList>(`/v1/tickets/${ticketId}/attachments`);
    if (reply.kind === 'answer' && this.store.state.open?.ticketId === ticketId)
      this.update({ attachments: reply.body.items });
  }

  private update(change: Partial<OpenTicket>): void {
    const { open } = this.store.state;
    if (open) this.store.set({ open: { ...open, ...change } });
  }
}
