import { Api } from './api/api.js';
import type { Ticket, View } from './api/answers.js';
import { LiveChanges, type LiveChange } from './api/live-changes.js';
import { addressBar, keptSettings } from './browser.js';
import { News } from './news.js';
import { filterSearching, isSameFilter, viewOfFilter, type Filter } from './queue/filter.js';
import { QueueReader } from './queue/queue-reader.js';
import { noRows, toggled } from './queue/rows.js';
import {
  formKey,
  noSearch,
  openTicketIn,
  Store,
  ticketIn,
  type Actions,
  type Desk,
  type State,
} from './state.js';
import { BulkSender } from './tickets/bulk-sender.js';
import { isOffered, type AgentCommand, type CommandType } from './tickets/command.js';
import { Outbox, troubleOf } from './tickets/outbox.js';
import type { Conflict } from './tickets/pending.js';
import { TicketReader } from './tickets/ticket-reader.js';
import { sayIn } from './words.js';

/** Counts are read again so long after what was done here, or concerns whoever works here. */
const soonMs = 1_500;
/** And so long after what others did, spread: a busy morning has several changes a second, which hundreds of desks hear of. */
const laterMs = 10_000;
/** What is done without anybody at the desk must not keep its session alive: after so long nothing is read by itself. */
const attendedMs = 5 * 60_000;
const typingMs = 200;
const minuteMs = 60_000;

const startOf = (desk: Desk): State => ({
  desk,
  filter: addressBar.filter(),
  ...{ views: [], rows: noRows, isReading: false, listProblem: undefined, readAt: undefined },
  ...{ known: new Map(), pending: [], conflicts: [], current: undefined },
  ...{ selected: new Set<string>(), selectedFrom: undefined, bulk: undefined, refusals: new Map() },
  ...{ open: undefined, form: undefined, drafts: {}, search: noSearch, panel: undefined },
  ...{ notifications: [], seenPosition: keptSettings.seenPosition(desk.person) },
  ...{ hasCharacterKeys: keptSettings.hasCharacterKeys(), connection: 'opening', heardPosition: undefined },
  ...{ troubles: [], announcement: { text: '', number: 0 }, now: Date.now() },
});

/** The agents' page: carries out what people do, and hears what others do meanwhile. */
export class App implements Actions {
  readonly store: Store;
  private readonly api: Api;
  private readonly queue: QueueReader;
  private readonly tickets: TicketReader;
  private readonly outbox: Outbox;
  private readonly bulks: BulkSender;
  private readonly news: News;
  private readonly live: LiveChanges;
  private counting: { timer: ReturnType<typeof setTimeout>; at: number } | undefined;
  private typing: ReturnType<typeof setTimeout> | undefined;
  private usedAt = Date.now();
  /** Something was heard of that was not read, since nobody was there. */
  private isBehind = false;

  constructor(desk: Desk, show: (state: State) => void) {
    this.store = new Store(startOf(desk), show);
    this.api = new Api(desk.person, desk.language);
    const lost = (status: 'away' | 'signed-out') => this.lose(status);
    this.queue = new QueueReader(this.store, this.api, lost);
    this.tickets = new TicketReader(this.store, this.api, lost);
    this.outbox = new Outbox(this.store, this.api, lost, ({ ticketId }) => {
      if (this.state.open?.ticketId === ticketId) void this.tickets.refresh();
      this.countIn(soonMs);
    });
    this.bulks = new BulkSender(this.store, this.api, lost, () => {
      void this.tickets.refresh();
      this.countIn(soonMs);
    });
    this.news = new News(this.store, this.api);
    this.live = new LiveChanges({
      changed: (change) => this.hear(change),
      opened: () => this.heal(),
      broken: () => this.lose('away'),
      resync: (position) => {
        this.store.set({ known: new Map(), heardPosition: position });
        void this.readAll();
      },
    });
  }

  private get state(): State {
    return this.store.state;
  }

  async start(): Promise<void> {
    addEventListener('popstate', () => void this.readAddress());
    addEventListener('beforeunload', (event) => {
      if (this.state.pending.length > 0 || this.state.bulk) event.preventDefault();
    });
    for (const sign of ['pointerdown', 'keydown']) addEventListener(sign, () => this.use());
    setInterval(() => this.store.set({}), minuteMs);
    this.live.open();
    const ticketId = addressBar.ticketId();
    await Promise.all([
      this.queue.begin(),
      this.queue.readViews(),
      this.news.read(),
      ...(ticketId === undefined ? [] : [this.tickets.open(ticketId)]),
    ]);
    this.store.set({ current: ticketId ?? this.state.rows.ids[0] });
  }

  filterBy(filter: Filter): void {
    if (isSameFilter(filter, this.state.filter)) return;
    this.store.set({ filter, current: undefined });
    this.writeAddress(true);
    void this.queue
      .begin()
      .then(() => this.store.set({ current: this.state.current ?? this.state.rows.ids[0] }));
  }

  search(typed: string): void {
    this.filterBy(filterSearching(this.state.filter, typed.trim()));
  }

  readMore(): void {
    void this.queue.more();
  }

  refresh(): void {
    void this.readAll();
  }

  makeCurrent(ticketId: string): void {
    this.store.set({ current: ticketId });
  }

  open(ticketId: string): void {
    this.store.set({ current: ticketId, panel: undefined });
    const read = this.tickets.open(ticketId);
    this.writeAddress(true);
    void read;
  }

  close(): void {
    this.store.set({ open: undefined, form: undefined });
    this.writeAddress(true);
  }

  toggle(ticketId: string, toHere: boolean): void {
    const { selected, rows, selectedFrom } = this.state;
    const from = toHere ? selectedFrom : undefined;
    this.store.set({
      selected: toggled(selected, rows.ids, { id: ticketId, from }),
      selectedFrom: ticketId,
      current: ticketId,
    });
  }

  toggleAll(): void {
    const { selected, rows } = this.state;
    const isAll = rows.ids.length > 0 && rows.ids.every((id) => selected.has(id));
    this.store.set({ selected: new Set(isAll ? [] : rows.ids), refusals: new Map() });
  }

  toggleNone(): void {
    this.store.set({ selected: new Set(), refusals: new Map() });
  }

  startForm(type: CommandType, ticketIds: readonly string[]): void {
    this.store.set({ form: { type, ticketIds }, search: noSearch, panel: undefined });
  }

  leaveForm(): void {
    this.store.set({ form: undefined, search: noSearch });
  }

  draft(values: Readonly<Record<string, string>>): void {
    const { form, drafts } = this.state;
    if (form) this.store.set({ drafts: { ...drafts, [formKey(form)]: values } });
  }

  give(command: AgentCommand, ticketIds: readonly string[]): void {
    this.leaveForm();
    const [only, ...others] = ticketIds;
    if (only === undefined) return;
    if (others.length > 0) {
      void this.bulks.begin(command, ticketIds);
      return;
    }
    const ticket = this.seen(only);
    if (ticket) this.outbox.add(only, command, ticket.revision);
  }

  /** Gives a command that needs no form to one ticket, or to the selected ones, where they offer it. */
  giveOrAsk(type: CommandType, ticketIds: readonly string[]): void {
    const offering = ticketIds.filter((id) => {
      const ticket = this.seen(id);
      return ticket !== undefined && isOffered(ticket, type);
    });
    if (ticketIds.length === 1 && offering.length === 0) return;
    if (type === 'start' || type === 'close') this.give({ type }, ticketIds);
    else this.startForm(type, ticketIds);
  }

  undoBulk(): void {
    this.bulks.undo();
  }

  sendBulk(): void {
    void this.bulks.send();
  }

  applyAgain(conflict: Conflict): void {
    this.outbox.applyAgain(conflict);
  }

  dropConflict(conflict: Conflict): void {
    this.outbox.drop(conflict);
    void this.tickets.refresh();
  }

  readOlder(): void {
    void this.tickets.readOlder();
  }

  attach(file: File): void {
    const { open } = this.state;
    if (open) void this.tickets.attach(open.ticketId, file);
  }

  searchOther(typed: string): void {
    clearTimeout(this.typing);
    this.store.set({ search: { ...this.state.search, typed } });
    this.typing = setTimeout(() => void this.tickets.searchOther(typed), typingMs);
  }

  chooseOther(ticket: Ticket | undefined): void {
    this.store.set({ search: { ...this.state.search, chosen: ticket } });
  }

  swapMerge(ends: Ticket, goesOn: Ticket): void {
    this.open(goesOn.ticketId);
    this.startForm('merge', [goesOn.ticketId]);
    this.chooseOther(ends);
  }

  showPanel(panel: State['panel']): void {
    this.store.set({ panel });
    if (panel === 'notifications') this.news.see();
  }

  saveView(name: string, shared: 'me' | 'team'): void {
    const body = { name, shared, ...viewOfFilter(this.state.filter) };
    void this.changeViews(this.api.put(`/v1/views/${crypto.randomUUID()}`, body));
  }

  deleteView({ id }: View): void {
    void this.changeViews(this.api.delete(`/v1/views/${id}`));
  }

  dismiss(trouble: State['troubles'][number]): void {
    this.store.set({ troubles: this.state.troubles.filter((each) => each !== trouble) });
  }

  useCharacterKeys(use: boolean): void {
    keptSettings.keepCharacterKeys(use);
    this.store.set({ hasCharacterKeys: use });
  }

  /** A ticket as the agent sees it: the newer of what the list and the open ticket say. */
  private seen(ticketId: string): Ticket | undefined {
    const { open } = this.state;
    const own = open?.ticketId === ticketId ? openTicketIn(this.state) : undefined;
    const listed = ticketIn(this.state, ticketId);
    if (!own || !listed) return own ?? listed;
    return own.revision >= listed.revision ? own : listed;
  }

  private async changeViews(request: ReturnType<Api['put']>): Promise<void> {
    const reply = await request;
    if (reply.kind === 'problem') this.store.trouble(troubleOf(reply.problem, this.state.desk.language));
    if (reply.kind === 'away') this.lose('away');
    this.store.set({ panel: undefined });
    await this.queue.readViews();
  }

  private async readAddress(): Promise<void> {
    const [filter, ticketId] = [addressBar.filter(), addressBar.ticketId()];
    if (ticketId === undefined) this.store.set({ open: undefined, form: undefined });
    else if (ticketId !== this.state.open?.ticketId) void this.tickets.open(ticketId);
    if (isSameFilter(filter, this.state.filter)) return;
    this.store.set({ filter, current: undefined });
    await this.queue.begin();
  }

  private writeAddress(isNew: boolean): void {
    addressBar.write(this.state.filter, this.state.open?.ticketId, isNew);
  }

  private async readAll(): Promise<void> {
    await Promise.all([
      this.queue.refresh(),
      this.queue.readViews(),
      this.news.read(),
      this.tickets.refresh(),
    ]);
  }

  /** Takes in what somebody did, here or elsewhere. */
  private hear(change: LiveChange): void {
    const { person } = this.state.desk;
    this.store.set({ heardPosition: change.position });
    this.queue.change(change);
    const isOwn = change.actor === person || change.ticket?.assignee === person;
    this.countIn(isOwn ? soonMs : laterMs * (1 + Math.random()));
    if (this.isAttended()) void this.tickets.change(change);
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
    await Promise.all([this.queue.readViews(), this.news.read()]);
  }

  private isAttended(): boolean {
    return Date.now() - this.usedAt < attendedMs;
  }

  /** Somebody is at the desk. */
  private use(): void {
    this.usedAt = Date.now();
    if (!this.isBehind) return;
    this.isBehind = false;
    void this.catchUp();
  }

  /** Reads everything behind what is shown, where nothing moves. */
  private async catchUp(isAfterBreak = false): Promise<void> {
    await Promise.all([this.queue.reconcile(isAfterBreak), this.count(), this.tickets.refresh()]);
  }

  private lose(status: 'away' | 'signed-out'): void {
    if (this.state.connection === status) return;
    // Whether it is the network or the session that is over, only an answer says.
    if (status === 'away' && this.state.connection === 'signed-out') return;
    this.store.set({ connection: status });
    if (status === 'away') void this.askWhy();
  }

  /** A stream that ends says nothing: its session may be over. */
  private async askWhy(): Promise<void> {
    const reply = await this.api.get('/v1/views?limit=1');
    if (reply.kind === 'problem' && reply.status === 401) this.store.set({ connection: 'signed-out' });
  }

  /**
   * The stream is open: after a break everything is read again behind what is shown, and what waits is sent. The lists may be some
   * moments older than the stream, and what happened in between is in neither: so they are read once more.
   */
  private heal(): void {
    const before = this.state.connection;
    // Where the log went back meanwhile, the position that was heard of may never come.
    this.store.set({ connection: 'live', heardPosition: undefined });
    setTimeout(() => void this.queue.reconcile(), soonMs);
    if (before === 'opening' || before === 'live') return;
    this.store.say(sayIn(this.state.desk.language)('back'));
    this.outbox.resume();
    if (this.state.bulk?.state === 'held') void this.bulks.send();
    void this.catchUp(true);
  }
}
