import type { Language } from '../../../../shared/text/text.js';
import type { QueuedCommand } from '../queue/command.js';
import type { Entry } from '../queue/queue.js';
import type { DeviceTicket, TicketWithPending } from '../queue/ticket.js';
import type { SyncState } from '../device/synchronizer.js';
import type { AttachedFile } from '../device/answers.js';
import type { Photo } from '../device/photos.js';
import type { Draft, Habits, Person } from '../device/person.js';
import type { Route } from './route.js';
import type { Words } from './words/words.js';

/** The whole state of the page. */
export interface View {
  route: Route;
  /** The person whose tickets are shown; undefined while nobody is signed in here. */
  current: Person | undefined;
  tickets: TicketWithPending[];
  /** The queue entries of that person. */
  queue: Entry[];
  /** The tickets that were opened here a moment ago: whoever did wants to see that they are there. */
  justOpened: readonly string[];
  /** The photos of that person that wait to be sent, or were refused. */
  photos: Photo[];
  /** How many entries of each other person wait for them to sign in again. */
  held: { person: string; count: number }[];
  /** Whether somebody has signed in on this tablet before. */
  isKnown: boolean;
  /** Whether the server has said who is signed in, or can't be heard: before, nothing is known to be anybody's. */
  isChecked: boolean;
  sync: SyncState;
  /** The values of the shown form: those of its draft, or of the command to correct. */
  draft: Draft;
  /** What is in the shown form now, as it is typed. */
  typed: Draft;
  /** The shown ticket by itself, unmasked; undefined while it is not loaded. */
  full: DeviceTicket | undefined;
  /** The notes of the shown ticket from the server; undefined while they are not loaded. */
  notes: Note[] | undefined;
  /** The files of the shown ticket from the server; undefined while they are not loaded. */
  files: AttachedFile[] | undefined;
  /** Whether the ticket has older notes that are not loaded. */
  hasOlderNotes: boolean;
  /** The message about what was just done, shown for six seconds. */
  announcement: string;
  filter: { text: string; establishment: string };
  now: Date;
  /** Whether the browser reports a network; the network need not lead anywhere. */
  online: boolean;
}

/** The current time by the server's clock, from the last known skew: a tablet's wrong clock may show another day. */
export const trueNow = ({ now, current }: Pick<View, 'now' | 'current'>): Date =>
  new Date(now.getTime() - (current?.clockSkewMs ?? 0));

export interface Note {
  body: string;
  actor: string;
  occurredAt: string;
}

/** The actions of people on the page. */
export interface Acts {
  open(queued: Extract<QueuedCommand, { type: 'open' }>): Promise<void>;
  act(ticket: TicketWithPending, queued: QueuedCommand): Promise<void>;
  correct(entry: Entry, queued: QueuedCommand): Promise<void>;
  doAgain(entry: Entry): Promise<void>;
  sendAgain(entry: Entry): Promise<void>;
  moveToMerged(entry: Entry): Promise<void>;
  giveUp(entry: Entry): Promise<void>;
  /** Opens a ticket under another one, of which somebody has the problem too; what was typed in the form is taken over. */
  meToo(incident: TicketWithPending): Promise<void>;
  addPhoto(ticketId: string, file: Blob): Promise<void>;
  sendPhotoAgain(photo: Photo): Promise<void>;
  removePhoto(photo: Photo): Promise<void>;
  /** Paints a photo that waits here; does nothing on a canvas that has it already. */
  drawPhoto(photo: Photo, canvas: HTMLCanvasElement): void;
  keepDraft(draft: Draft): void;
  /** Chooses the establishment in the form of an opening, which decides the sites to choose from. */
  chooseEstablishment(code: string): void;
  filter(change: Partial<View['filter']>): void;
  syncNow(): void;
  signOut(): Promise<void>;
  chooseLanguage(language: Language): void;
}

export const noHabits: Habits = { locations: [], categories: [] };

/** The arguments of every view. */
export interface ViewState {
  view: View;
  acts: Acts;
  words: Words;
}
