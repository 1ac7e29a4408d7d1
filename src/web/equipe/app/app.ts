import { render } from 'lit-html';
import { locales, type Language } from '../../../shared/text/text.js';
import type { QueuedCommand, Command } from './queue/command.js';
import { deviceTime } from './queue/device-time.js';
import { openingOfMeToo, peopleOf } from './queue/incident.js';
import { again, corrected, doneAgain, givenUpWith, movedToMerged } from './queue/remedy.js';
import type { Entry } from './queue/queue.js';
import { ticketsAfterQueue, type TicketWithPending } from './queue/ticket.js';
import { OverlappingReads } from './device/overlapping-reads.js';
import { Synchronizer } from './device/synchronizer.js';
import type { ServerClient } from './device/server.js';
import type { Photo } from './device/photos.js';
import { paint, shrunkPhoto } from './device/shrunk-photo.js';
import type { Draft, Habits } from './device/person.js';
import { Locked } from './device/person-sealer.js';
import type { Store } from './device/store.js';
import type { TabletLanguage } from './device/tablet-language.js';
import { valuesOf } from './views/forms.js';
import { openingTyped } from './views/opening.js';
import { page } from './views/page.js';
import { routeOf, ticketAddress } from './views/route.js';
import { noHabits, type Acts, type View } from './views/view.js';
import { wordsIn, type Words } from './views/words/words.js';
import { asNote } from './views/words/command-text.js';

const toldForMs = 6_000;
/** How long a ticket stands first in the list after it was opened here. */
const newForMs = 10 * 60_000;
const maxRemembered = 8;
/** As wide as a thumbnail of the server. */
const previewSide = 320;
/** A server that is slow to say whether the session goes on is taken for one that is away. */
const maxWaitForSessionMs = 2_000;

/** What was fetched for one page, and is not kept. */
const nothingRead = {
  ...{ draft: {}, typed: {} },
  ...{ full: undefined, notes: undefined, files: undefined },
  hasOlderNotes: false,
} as const;

/** The page of mobile teams: shows what the tablet stores, and carries out what people do. */
export class App implements Acts {
  private view: View = {
    route: { page: 'list' },
    current: undefined,
    ...{
      tickets: [],
      queue: [],
      justOpened: [],
      photos: [],
      held: [],
      isKnown: false,
      isChecked: false,
      draft: {},
      typed: {},
      full: undefined,
      notes: undefined,
      files: undefined,
      hasOlderNotes: false,
      announcement: '',
    },
    sync: { kind: 'working' },
    filter: { text: '', establishment: '' },
    now: new Date(),
    online: navigator.onLine,
  };
  private readonly tabs = new BroadcastChannel('equipe');
  private readonly store: Store;
  private readonly server: ServerClient;
  private readonly language: TabletLanguage;
  private readonly sync: Synchronizer;
  private readonly reads = new OverlappingReads();
  private telling: ReturnType<typeof setTimeout> | undefined;
  private drafting: ReturnType<typeof setTimeout> | undefined;
  /** Nothing is shown before the server was heard, where there is one: the session may have been ended elsewhere. */
  private isChecked = false;

  constructor(
    private readonly root: HTMLElement,
    { store, server, language }: { store: Store; server: ServerClient; language: TabletLanguage },
  ) {
    this.store = store;
    this.server = server;
    this.language = language;
    this.sync = new Synchronizer(store, server, language, () => void this.changed());
  }

  private get words(): Words {
    return wordsIn(this.language.current());
  }

  async start(): Promise<void> {
    addEventListener('hashchange', () => void this.go());
    addEventListener('online', () => this.sync.wake());
    addEventListener('offline', () => this.sync.wake());
    document.addEventListener('visibilitychange', () => {
      if (document.visibilityState === 'visible') this.sync.wake();
    });
    this.tabs.onmessage = () => void this.refresh();
    await this.go(true);
    this.sync.wake();
    const slow = new Promise((resolve) => setTimeout(resolve, maxWaitForSessionMs));
    await Promise.race([this.sync.checked, slow]);
    this.isChecked = true;
    await this.go(true);
  }

  async open(queued: Extract<QueuedCommand, { type: 'open' }>): Promise<void> {
    await this.unlessLocked(async () => {
      await this.make(crypto.randomUUID(), queued.title, queued);
      await this.learn(queued);
      this.leave('#', this.words.say('ticketSaved'));
    });
  }

  async act(ticket: TicketWithPending, queued: QueuedCommand): Promise<void> {
    await this.unlessLocked(async () => {
      await this.make(ticket.ticketId, this.words.titleOf(ticket), queued);
      this.leave(
        ticketAddress(ticket.ticketId),
        `${this.words.commandDone(queued.type)}: ${this.words.say('isSaved')}`,
      );
    });
  }

  async meToo(incident: TicketWithPending): Promise<void> {
    await this.unlessLocked(async () => {
      const ticketId = crypto.randomUUID();
      const opening = openingOfMeToo(incident, openingTyped(this.view.typed));
      await this.make(ticketId, opening.title, { type: 'open', ...opening });
      await this.make(ticketId, opening.title, { type: 'link', to: incident.ticketId, relation: 'parent' });
      const people = 1 + peopleOf(incident.ticketId, this.view.tickets);
      const { say, counted } = this.words;
      const place = `${say('place')}: ${opening.location ?? say('placeNotSaid')}.`;
      this.leave('#', `${say('noted')} ${counted(people, 'person')}. ${place}`);
    });
  }

  async correct(entry: Entry, queued: QueuedCommand): Promise<void> {
    await this.unlessLocked(async () => {
      await this.store.mend(entry.seq, (refused) => ({
        ...corrected(refused, queued, () => crypto.randomUUID()),
        about: queued.type === 'open' ? queued.title : refused.about,
      }));
      this.leave('#file', this.words.say('corrected'));
    });
  }

  async doAgain(entry: Entry): Promise<void> {
    await this.store.mend(entry.seq, (refused, seq) => doneAgain(refused, deviceTime(new Date()), seq));
    this.leave('#file', this.words.say('doneAgain'));
  }

  async sendAgain(entry: Entry): Promise<void> {
    await this.store.mend(entry.seq, again);
    this.leave('#file', this.words.say('willBeSentAgain'));
  }

  async moveToMerged(entry: Entry): Promise<void> {
    const into = this.view.tickets.find(({ ticketId }) => ticketId === entry.refusal?.mergedInto);
    await this.store.mend(entry.seq, (refused) => ({
      ...movedToMerged(refused, asNote(refused, this.words)),
      about: into?.title ?? refused.about,
    }));
    this.leave('#file', this.words.say('noteGoesToMerged'));
  }

  async giveUp(entry: Entry): Promise<void> {
    await this.store.giveUp(givenUpWith(entry, this.view.queue));
    this.tell(this.words.say('erased'));
    await this.changed();
  }

  async addPhoto(ticketId: string, file: Blob): Promise<void> {
    const { current } = this.view;
    if (!current) return;
    // When it was taken, not when it was painted anew, which takes a slow tablet a second.
    const occurredAt = deviceTime(new Date());
    const image = await shrunkPhoto(file).catch(() => undefined);
    if (!image) {
      this.tell(this.words.say('photoUnreadable'));
      return;
    }
    const name = `photo-${occurredAt.slice(0, 19).replace(/[T:]/g, '-')}.jpg`;
    await this.unlessLocked(async () => {
      const photo = { commandId: crypto.randomUUID(), ticketId, occurredAt, name };
      if (await this.isKept(this.store.photos.add(current.person, photo, image))) {
        this.tell(this.words.say('photoSaved'));
        this.sync.wake();
      } else this.tell(this.words.say('photoNoRoom'));
      await this.changed();
    });
  }

  async sendPhotoAgain(photo: Photo): Promise<void> {
    await this.unlessLocked(() => this.store.photos.refuse(this.view.current?.person ?? '', photo));
    this.sync.wake();
    await this.changed();
  }

  async removePhoto(photo: Photo): Promise<void> {
    await this.store.photos.remove(photo);
    this.tell(this.words.say('erased'));
    await this.changed();
  }

  drawPhoto(photo: Photo, canvas: HTMLCanvasElement): void {
    if (canvas.dataset.photo === photo.commandId) return;
    canvas.dataset.photo = photo.commandId;
    void this.store.photos.image(photo).then(async (image) => {
      if (image) paint(await createImageBitmap(new Blob([image])), canvas, previewSide);
    });
  }

  /** False where the tablet has no room for it. */
  private async isKept(stored: Promise<void>): Promise<boolean> {
    try {
      await stored;
      return true;
    } catch (error) {
      if (error instanceof DOMException && error.name === 'QuotaExceededError') return false;
      throw error;
    }
  }

  /** Stores what is typed, 200 ms after the last key: soon enough for a tablet that is closed, and rarely enough for a slow one. */
  keepDraft(draft: Draft): void {
    const { current } = this.view;
    if (!current) return;
    clearTimeout(this.drafting);
    const form = location.hash;
    this.drafting = setTimeout(() => void this.storeDraft(current.person, form, draft), 200);
    this.show({ typed: draft });
  }

  /** Also notes that the tablet is in use: who writes a long text is not idle. */
  private async storeDraft(person: string, form: string, draft: Draft | undefined): Promise<void> {
    await this.unlessLocked(async () => {
      await this.store.keepDraft(person, form, draft);
      await this.store.use();
    });
  }

  /** Shows that the tablet is locked where the session ended before something was stored; what was typed is kept as a draft. */
  private async unlessLocked(work: () => Promise<void>): Promise<void> {
    try {
      await work();
    } catch (error) {
      if (!(error instanceof Locked)) throw error;
      await this.refresh();
    }
  }

  chooseEstablishment(establishment: string): void {
    this.show({ draft: { ...this.view.draft, establishment, site: '' } });
  }

  filter(change: Partial<View['filter']>): void {
    this.show({ filter: { ...this.view.filter, ...change } });
  }

  syncNow(): void {
    this.sync.wake();
  }

  async signOut(): Promise<void> {
    const { current } = this.view;
    if (!current) return;
    // Under the lock, so that what is being fetched for the person is stored before all of it is forgotten.
    const left = await this.sync.alone(async () => {
      if (!(await this.server.signOut())) return false;
      await this.store.forget(current.person);
      return true;
    });
    if (left) {
      this.tabs.postMessage('changed');
      this.leave('#', this.words.say('signedOut'));
    } else this.tell(this.words.say('signOutNeedsNetwork'));
  }

  chooseLanguage(language: Language): void {
    this.language.choose(language);
    this.tabs.postMessage('changed');
    // What was just said is in the other language.
    this.show({ announcement: '' });
    this.sync.wake();
  }

  private async make(ticketId: string, about: string, queued: QueuedCommand): Promise<void> {
    const { current } = this.view;
    if (!current) throw new Error('only who signed in is shown a form');
    const occurredAt = deviceTime(new Date());
    const command: Command = { commandId: crypto.randomUUID(), ticketId, occurredAt, ...queued };
    await this.store.add({ person: current.person, about, command });
    if (queued.type === 'open') this.showAsNew(ticketId);
    // Asks the browser for lasting storage once there is something to lose; one that refuses still stores while it has room.
    void navigator.storage.persist();
  }

  private showAsNew(ticketId: string): void {
    this.show({ justOpened: [...this.view.justOpened, ticketId] });
    setTimeout(
      () => this.show({ justOpened: this.view.justOpened.filter((id) => id !== ticketId) }),
      newForMs,
    );
  }

  /** Remembers what was chosen, so that it comes first the next time. */
  private async learn({
    establishment,
    site,
    team,
    priority,
    location: place,
    category,
  }: Extract<QueuedCommand, { type: 'open' }>) {
    const first = (chosen: string | undefined, earlier: readonly string[]) =>
      [...(chosen === undefined ? [] : [chosen]), ...earlier.filter((value) => value !== chosen)].slice(
        0,
        maxRemembered,
      );
    const learned = ({ locations, categories }: Habits): Habits => ({
      ...{ establishment, site, team, priority },
      locations: first(place, locations),
      categories: first(category, categories),
    });
    const person = this.view.current?.person ?? '';
    await this.store.note(person, (known) => ({ ...known, habits: learned(known.habits ?? noHabits) }));
  }

  /** Leaves a finished form: drops its draft, shows a message, and goes to the page that shows the result. */
  private leave(hash: string, message: string): void {
    const { current } = this.view;
    clearTimeout(this.drafting);
    if (current) void this.storeDraft(current.person, location.hash, undefined);
    this.tell(message);
    this.sync.wake();
    if (location.hash === hash || (hash === '#' && location.hash === '')) void this.refresh();
    else location.hash = hash;
  }

  private tell(message: string): void {
    clearTimeout(this.telling);
    this.telling = setTimeout(() => this.show({ announcement: '' }), toldForMs);
    this.show({ announcement: message });
  }

  /** Shows stored changes in this tab and in the others. */
  private async changed(): Promise<void> {
    this.tabs.postMessage('changed');
    await this.refresh();
  }

  private async refresh(): Promise<void> {
    const stored = await this.reads.newest(() => this.readStored());
    if (!stored) return;
    const { current, queue, photos, tickets, held, isKnown, draft } = stored;
    // What was read of a ticket stays no longer than whoever read it.
    const readByOthers = this.isOther(current) ? { ...nothingRead, draft } : {};
    const shown = { current, queue, photos, held, isKnown, isChecked: this.isChecked, ...readByOthers };
    const sent = this.view.photos.filter(
      ({ commandId }) => !photos.some((photo) => photo.commandId === commandId),
    );
    this.show({ ...shown, tickets: ticketsAfterQueue(tickets, queue), sync: this.sync.state });
    const { route } = this.view;
    // What was a photo of this tablet is a file of the server by now.
    if (route.page === 'ticket' && sent.some(({ ticketId }) => ticketId === route.ticketId)) {
      void this.readFiles(route.ticketId);
    }
  }

  private async readStored() {
    const current = this.isChecked ? await this.store.current() : undefined;
    const [queue, tickets, photos] = current
      ? [await this.store.queue(), await this.store.tickets(current.person), await this.store.photos.all()]
      : [[], [], []];
    const others = this.isChecked
      ? (await this.store.waiting()).filter((person) => person !== current?.person)
      : [];
    const held = [...new Set(others)].map((person) => ({
      person,
      count: others.filter((name) => name === person).length,
    }));
    const isKnown = await this.store.isKnown();
    const draft =
      current && this.isOther(current) ? await this.store.draft(current.person, location.hash) : {};
    return { current, queue, photos, tickets, held, draft, isKnown };
  }

  /** Whether it is not the person whose tickets are shown. */
  private isOther(current: View['current']): boolean {
    return current?.person !== this.view.current?.person;
  }

  private async go(isFirst = false): Promise<void> {
    const route = routeOf(location.hash);
    await this.refresh();
    const { current, queue } = this.view;
    const entry = route.page === 'mend' ? queue.find(({ seq }) => seq === route.seq) : undefined;
    const kept = current ? await this.store.draft(current.person, location.hash) : {};
    const draft = { ...(entry ? valuesOf(entry.command) : {}), ...kept };
    this.show({ route, ...nothingRead, draft, typed: draft });
    if (!isFirst || route.page === 'new') this.focus(route.page === 'new' ? '[name=title]' : 'h1');
    if (route.page === 'ticket')
      await Promise.all([
        this.readNotes(route.ticketId),
        this.readTicket(route.ticketId),
        this.readFiles(route.ticketId),
      ]);
  }

  /** Moves the focus into the new page, for screen readers and keyboards. */
  private focus(selector: string): void {
    scrollTo(0, 0);
    this.root.querySelector<HTMLElement>(selector)?.focus();
  }

  /** Lists mask what names a person, and so does this tablet's copy: the ticket by itself is shown while there is a network, not kept. */
  private async readTicket(ticketId: string): Promise<void> {
    const { current, route } = this.view;
    if (!current) return;
    const reply = await this.server.ticket(current.person, ticketId);
    if (reply.kind === 'answer' && this.view.route === route) this.show({ full: reply.body });
  }

  private async readFiles(ticketId: string): Promise<void> {
    const { current, route } = this.view;
    if (!current) return;
    const reply = await this.server.files(current.person, ticketId);
    if (reply.kind === 'answer' && this.view.route === route) this.show({ files: reply.body.items });
  }

  private async readNotes(ticketId: string): Promise<void> {
    const { current, route } = this.view;
    if (!current) return;
    const reply = await this.server.history(current.person, ticketId);
    if (reply.kind !== 'answer' || this.view.route !== route) return;
    const { items, nextCursor } = reply.body;
    const notes = [...items]
      .reverse()
      .flatMap(({ type, occurredAt, actor, data }) =>
        type === 'NoteAdded' ? [{ occurredAt, actor, body: String(data.body) }] : [],
      );
    this.show({ notes, hasOlderNotes: nextCursor !== null });
  }

  private show(change: Partial<View>): void {
    this.view = { ...this.view, ...change, now: new Date(), online: navigator.onLine };
    const { words } = this;
    document.documentElement.lang = locales[words.language];
    render(page({ view: this.view, acts: this, words }), this.root);
    const heading = this.root.querySelector('h1')?.textContent ?? '';
    const title = `${heading.replace(/\s+/g, ' ').trim()} – ${words.say('name')}`;
    if (document.title !== title) document.title = title;
  }
}
