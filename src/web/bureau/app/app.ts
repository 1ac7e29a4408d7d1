import { Api, type Loss } from './api/api.js';
import type { Ticket, View } from './api/answers.js';
import { addressBar, keptSettings } from './browser.js';
import { Following } from './following.js';
import { News } from './news.js';
import { filterSearching, isSameFilter, valueOf, viewOfFilter, type Filter } from './queue/filter.js';
import { OwnTeams } from './queue/own-teams.js';
import { QueueReader } from './queue/queue-reader.js';
import { noRows, toggled } from './queue/rows.js';
import { noSearch, openTicketIn, Store, ticketIn, type Actions, type Desk, type State } from './state.js';
import { TemplateKeeper } from './templates/template-keeper.js';
import { noTemplating } from './templates/templating.js';
import { BulkSender } from './tickets/bulk-sender.js';
import { isOffered, type AgentCommand, type CommandType } from './tickets/command.js';
import { Looking } from './tickets/looking.js';
import { Outbox, troubleOf } from './tickets/outbox.js';
import { decidedOn, workOf, type Conflict } from './tickets/pending.js';
import { TicketReader } from './tickets/ticket-reader.js';

const typingMs = 200;
const minuteMs = 60_000;

const startOf = (desk: Desk): State => ({
  desk,
  filter: addressBar.filter(),
  ...{
    teams: undefined,
    teamsProblem: undefined,
    views: [],
    rows: noRows,
    isReading: false,
    listProblem: undefined,
    readAt: undefined,
  },
  ...{ known: new Map(), pending: [], conflicts: [], current: undefined },
  ...{ selected: new Set<string>(), selectedFrom: undefined, bulk: undefined },
  ...{ bulksWaiting: [], refusals: new Map() },
  ...{ open: undefined, others: [], form: undefined, drafts: {}, search: noSearch, panel: undefined },
  templating: noTemplating,
  ...{ notifications: [], seenPosition: keptSettings.seenPosition(desk.person) },
  ...{ hasCharacterKeys: keptSettings.hasCharacterKeys(), connection: 'opening', heardPosition: undefined },
  ...{ troubles: [], announcement: { text: '', number: 0 }, now: Date.now() },
});

/** The agents' page: carries out what people do, and hears what others do meanwhile. */
export class App implements Actions {
  readonly store: Store;
  readonly templates: TemplateKeeper;
  private readonly api: Api;
  private readonly queue: QueueReader;
  private readonly tickets: TicketReader;
  private readonly outbox: Outbox;
  private readonly bulks: BulkSender;
  private readonly news: News;
  private readonly teams: OwnTeams;
  private readonly following: Following;
  private typing: ReturnType<typeof setTimeout> | undefined;

  constructor(desk: Desk, show: (state: State) => void) {
    this.store = new Store(startOf(desk), show);
    this.api = new Api(desk.person, desk.language);
    const lost = (loss: Loss) => this.following.lose(loss);
    this.queue = new QueueReader(this.store, this.api, lost);
    this.tickets = new TicketReader(this.store, this.api, lost);
    this.outbox = new Outbox(this.store, this.api, lost, (ticketId) => this.done([ticketId]));
    this.bulks = new BulkSender(this.store, this.api, lost, (ticketIds) => this.done(ticketIds));
    this.news = new News(this.store, this.api);
    this.teams = new OwnTeams(this.store, this.api, lost);
    this.templates = new TemplateKeeper(this.store, this.api, this.bulks, lost);
    const { queue, tickets, news, teams } = this;
    this.following = new Following(this.store, this.api, { queue, tickets, news, teams }, () => {
      this.outbox.resume();
      if (this.state.bulk?.state === 'held') void this.bulks.send();
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
    setInterval(() => this.store.set({}), minuteMs);
    this.following.begin();
    new Looking(this.store, this.api, () => this.following.isAttended()).begin();
    const ticketId = addressBar.ticketId();
    await Promise.all([
      this.queue.begin(),
      this.queue.readViews(),
      this.teams.read(),
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
    void this.following.readAll();
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
    const [only, ...others] = ticketIds;
    const begunOn = only === undefined || others.length > 0 ? undefined : this.seen(only);
    this.store.set({ form: { type, ticketIds, begunOn }, search: noSearch, panel: undefined });
  }

  leaveForm(): void {
    this.store.set({ form: undefined, search: noSearch });
  }

  draft(values: Readonly<Record<string, string>>): void {
    this.store.draft(values);
  }

  give(command: AgentCommand, ticketIds: readonly string[]): void {
    const { form } = this.state;
    this.leaveForm();
    const [only, ...others] = ticketIds;
    if (only === undefined) return;
    if (others.length > 0) {
      this.bulks.begin(workOf(command, this.state.desk.language), ticketIds);
      return;
    }
    const ticket = this.seen(only);
    const begunOn = form?.type === command.type ? form.begunOn : undefined;
    if (ticket) this.outbox.add(only, command, decidedOn(begunOn, ticket));
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
    this.store.set({ panel, teamsProblem: undefined });
    if (panel === 'notifications') this.news.see();
    // They may have been chosen at another machine, or never been read.
    if (panel === 'teams') void this.teams.read();
  }

  saveView(name: string, shared: 'me' | 'team'): void {
    const body = { name, shared, ...viewOfFilter(this.state.filter) };
    void this.changeViews(this.api.put(`/v1/views/${crypto.randomUUID()}`, body));
  }

  /** What is shown by them is read again. */
  async chooseTeams(teams: readonly string[]): Promise<void> {
    if (!(await this.teams.choose(teams))) return;
    this.store.set({ panel: undefined });
    if (valueOf(this.state.filter, 'teams') === undefined) await this.queue.readViews();
    else await Promise.all([this.queue.begin(), this.queue.readViews()]);
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

  /** Something that was given here was applied. */
  private done(ticketIds: readonly string[]): void {
    if (ticketIds.includes(this.state.open?.ticketId ?? '')) void this.tickets.refresh();
    this.following.countSoon();
  }

  private async changeViews(request: ReturnType<Api['put']>): Promise<void> {
    const reply = await request;
    if (reply.kind === 'problem') this.store.trouble(troubleOf(reply.problem, this.state.desk.language));
    if (reply.kind === 'away') this.following.lose('away');
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
}
