import type { QueuedCommand } from '../queue/command.js';
import type { Entry } from '../queue/queue.js';
import type { Seen } from '../queue/ticket.js';
import type { SyncState } from '../device/synchronizer.js';
import type { Draft, Habits, Person } from '../device/store.js';
import type { Route } from './route.js';

/** All that is shown. */
export interface View {
  route: Route;
  /** Whose tickets are shown; undefined: nobody has signed in here. */
  current: Person | undefined;
  tickets: Seen[];
  /** Of the one who is shown. */
  queue: Entry[];
  /** How many entries of others wait for them to sign in again. */
  held: { person: string; count: number }[];
  sync: SyncState;
  /** What the form at hand held when it was left, or what is to be mended. */
  draft: Draft;
  /** Notes of the ticket at hand, as the server tells of them; undefined: not at hand. */
  notes: Note[] | undefined;
  /** There are more than those. */
  hasOlderNotes: boolean;
  /** What was just done, for a moment. */
  told: string;
  filter: { text: string; establishment: string };
  now: Date;
  /** Whether the device says that it has a network, of whatever worth. */
  online: boolean;
}

/** By the server's clock, as far as it was heard: what a tablet's wrong clock calls today may be another day. */
export const trueNow = ({ now, current }: Pick<View, 'now' | 'current'>): Date =>
  new Date(now.getTime() - (current?.clockSkewMs ?? 0));

export interface Note {
  body: string;
  actor: string;
  occurredAt: string;
}

/** What people do with the page. */
export interface Acts {
  open(asked: Extract<QueuedCommand, { type: 'open' }>): Promise<void>;
  act(ticket: Seen, asked: QueuedCommand): Promise<void>;
  correct(entry: Entry, asked: QueuedCommand): Promise<void>;
  doAgain(entry: Entry): Promise<void>;
  sendAgain(entry: Entry): Promise<void>;
  moveToMerged(entry: Entry): Promise<void>;
  giveUp(entry: Entry): Promise<void>;
  keepDraft(draft: Draft): void;
  /** On the form of an opening: it decides which sites there are. */
  chooseEstablishment(code: string): void;
  filter(change: Partial<View['filter']>): void;
  syncNow(): void;
  signOut(): Promise<void>;
}

export const noHabits: Habits = { locations: [], categories: [] };

/** What every view is given. */
export interface ViewState {
  view: View;
  acts: Acts;
}
