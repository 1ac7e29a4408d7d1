import type { Language } from '../../../shared/text/text.js';
import type { Attachment, TicketChildren, HistoryItem, Notification, Ticket, View } from './api/answers.js';
import type { Filter } from './queue/filter.js';
import type { Rows } from './queue/rows.js';
import type { TemplateActions, Templating } from './templates/templating.js';
import type { AgentCommand, CommandType } from './tickets/command.js';
import { shownTicket, type PendingBulk, type Conflict, type Pending } from './tickets/pending.js';

interface Establishment {
  code: string;
  name: string;
  isOwn: boolean;
  sites: { code: string; name: string }[];
}

/** What the server wrote into the page: who works here, and the places of the network. */
export interface Desk {
  person: string;
  language: Language;
  reports: boolean;
  establishments: Establishment[];
}

/** The ticket beside the list, with what only it has. */
export interface OpenTicket {
  ticketId: string;
  /** By itself, unmasked; undefined while it is not read. */
  ticket: Ticket | undefined;
  /** The newest first. */
  history: readonly HistoryItem[];
  olderCursor: string | null;
  mergedFrom: readonly { ticketId: string; title: string }[];
  attachments: readonly Attachment[];
  /** The first tickets under it. */
  children: TicketChildren['items'];
  /** How many people have its problem: one for it, and one for each ticket under it. */
  people: number;
  /** Why it can't be shown. */
  problem: string | undefined;
  /** Who changed it while it was looked at, and what they did. */
  changedBy: string | undefined;
}

/** The form of a command that is being filled in, for one ticket or for all selected ones. */
export interface OpenForm {
  type: CommandType;
  ticketIds: readonly string[];
  /** The ticket as it was when the form of one ticket was opened: what the agent writes is decided on that. */
  begunOn?: Ticket | undefined;
}

/** Something that went wrong, with what to do; it stays until it is dismissed. */
export interface Trouble {
  key: string;
  title: string;
  detail: string;
  ticketId?: string;
}

/** The other ticket of a merge or a link, while it is looked for. */
export interface Search {
  typed: string;
  found: readonly Ticket[];
  chosen: Ticket | undefined;
}

type Panel = 'help' | 'filters' | 'notifications' | 'save-view' | 'choose-template' | 'templates' | 'teams';

type Connection = 'opening' | 'live' | 'away' | 'signed-out';

/** Everything that the page shows. */
export interface State {
  desk: Desk;
  filter: Filter;
  views: readonly View[];
  /** The teams that this person says are theirs; undefined until they are read. */
  teams: readonly string[] | undefined;
  /** Why they were not read, or not saved. */
  teamsProblem: string | undefined;
  rows: Rows;
  isReading: boolean;
  /** Why the list can't be read. */
  listProblem: string | undefined;
  /** When the list was read, for whom the network is away. */
  readAt: number | undefined;
  known: ReadonlyMap<string, Ticket>;
  pending: readonly Pending[];
  conflicts: readonly Conflict[];
  current: string | undefined;
  selected: ReadonlySet<string>;
  /** Where a selection of several rows began. */
  selectedFrom: string | undefined;
  bulk: PendingBulk | undefined;
  /** Those that were begun meanwhile; each has its turn once the one before is over. */
  bulksWaiting: readonly PendingBulk[];
  /** Why tickets of the last bulk were refused, by ticket. */
  refusals: ReadonlyMap<string, string>;
  open: OpenTicket | undefined;
  /** Who else looks at the open ticket now. */
  others: readonly string[];
  form: OpenForm | undefined;
  /** What was typed into forms, by form; kept until it is applied or dropped. */
  drafts: Readonly<Record<string, Readonly<Record<string, string>>>>;
  search: Search;
  panel: Panel | undefined;
  templating: Templating;
  notifications: readonly Notification[];
  /** The position of the newest notification that was looked at. */
  seenPosition: string;
  hasCharacterKeys: boolean;
  /** The position of the newest change that was heard of: lists are asked for no older state. */
  heardPosition: string | undefined;
  connection: Connection;
  troubles: readonly Trouble[];
  /** What was said last; a number tells two of the same apart. */
  announcement: { text: string; number: number };
  now: number;
}

export const noSearch: Search = { typed: '', found: [], chosen: undefined };

/** The state of the page, and whoever shows it. */
export class Store {
  private readonly listeners: (() => void)[] = [];

  constructor(
    public state: State,
    private readonly show: (state: State) => void,
  ) {}

  set(change: Partial<State>): void {
    this.state = { ...this.state, ...change, now: Date.now() };
    this.show(this.state);
    for (const listener of this.listeners) listener();
  }

  /** Keeps what was typed into the form that is open. */
  draft(values: Readonly<Record<string, string>>): void {
    const { form, drafts } = this.state;
    if (form) this.set({ drafts: { ...drafts, [formKey(form)]: values } });
  }

  /** Calls the listener after each change. */
  onChange(listener: () => void): void {
    this.listeners.push(listener);
  }

  /** Says something to everyone, screen readers too. */
  say(text: string): void {
    this.set({ announcement: { text, number: this.state.announcement.number + 1 } });
  }

  trouble(trouble: Omit<Trouble, 'key'>): void {
    const key = `${trouble.title} ${trouble.ticketId ?? ''}`;
    const others = this.state.troubles.filter((each) => each.key !== key);
    this.set({ troubles: [...others, { ...trouble, key }] });
  }
}

/** Has a list wait for what this page heard of already. */
export const readingUpTo = ({ heardPosition }: State, query: URLSearchParams): URLSearchParams => {
  if (heardPosition !== undefined) query.set('minPosition', heardPosition);
  return query;
};

/** A ticket of the list as it is shown; undefined where nothing is known of it. */
export const ticketIn = (state: State, ticketId: string): Ticket | undefined => {
  const known = state.known.get(ticketId);
  return known && shownTicket(known, state.pending, state.bulk);
};

/** The ticket beside the list as it is shown: with its own texts, unmasked. */
export const openTicketIn = (state: State): Ticket | undefined => {
  const { open, known, pending, bulk } = state;
  if (!open) return undefined;
  const listed = known.get(open.ticketId);
  const own = open.ticket ?? listed;
  return own && shownTicket(own, pending, bulk);
};

export const formKey = ({ type, ticketIds }: OpenForm): string =>
  `${type} ${ticketIds.length > 1 ? 'bulk' : (ticketIds[0] ?? '')}`;

/** What people do on the page. */
export interface Actions {
  /** What they do with templates. */
  readonly templates: TemplateActions;
  filterBy(filter: Filter): void;
  search(typed: string): void;
  readMore(): void;
  refresh(): void;
  makeCurrent(ticketId: string): void;
  open(ticketId: string): void;
  close(): void;
  toggle(ticketId: string, toHere: boolean): void;
  toggleAll(): void;
  toggleNone(): void;
  giveOrAsk(type: CommandType, ticketIds: readonly string[]): void;
  startForm(type: CommandType, ticketIds: readonly string[]): void;
  leaveForm(): void;
  draft(values: Readonly<Record<string, string>>): void;
  /** For one ticket at once, for several as a bulk. */
  give(command: AgentCommand, ticketIds: readonly string[]): void;
  undoBulk(): void;
  sendBulk(): void;
  applyAgain(conflict: Conflict): void;
  dropConflict(conflict: Conflict): void;
  readOlder(): void;
  attach(file: File): void;
  searchOther(typed: string): void;
  chooseOther(ticket: Ticket | undefined): void;
  /** The other way round: what was to go on ends in what was to end. */
  swapMerge(ends: Ticket, goesOn: Ticket): void;
  showPanel(panel: State['panel']): void;
  saveView(name: string, shared: 'me' | 'team'): void;
  deleteView(view: View): void;
  chooseTeams(teams: readonly string[]): Promise<void>;
  dismiss(trouble: Trouble): void;
  useCharacterKeys(use: boolean): void;
}

export interface Shown {
  state: State;
  acts: Actions;
}
