import { render } from 'lit-html';
import type { QueuedCommand, Command } from './queue/command.js';
import { deviceTime } from './queue/device-time.js';
import { again, corrected, doneAgain, givenUpWith, movedToMerged } from './queue/remedy.js';
import type { Entry } from './queue/queue.js';
import { ticketsAfterQueue, titleOf, type ShownTicket } from './queue/ticket.js';
import { Synchronizer } from './device/synchronizer.js';
import type { ServerClient } from './device/server.js';
import type { Draft, Habits, Store } from './device/store.js';
import { valuesOf } from './views/forms.js';
import { page } from './views/page.js';
import { routeOf, ticketAddress } from './views/route.js';
import { noHabits, type Acts, type View } from './views/view.js';
import { commandDone } from './views/words.js';
import { asNote } from './views/command-text.js';

const toldForMs = 6_000;
const maxRemembered = 8;

/** The page of mobile teams: shows what the tablet stores, and carries out what people do. */
export class App implements Acts {
  private view: View = {
    route: { page: 'list' },
    current: undefined,
    ...{
      tickets: [],
      queue: [],
      held: [],
      draft: {},
      notes: undefined,
      hasOlderNotes: false,
      announcement: '',
    },
    sync: { kind: 'working' },
    filter: { text: '', establishment: '' },
    now: new Date(),
    online: navigator.onLine,
  };
  private readonly tabs = new BroadcastChannel('equipe');
  private readonly sync: Synchronizer;
  private telling: ReturnType<typeof setTimeout> | undefined;
  private drafting: ReturnType<typeof setTimeout> | undefined;

  constructor(
    private readonly root: HTMLElement,
    private readonly store: Store,
    private readonly server: ServerClient,
  ) {
    this.sync = new Synchronizer(store, server, () => void this.changed());
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
  }

  async open(queued: Extract<QueuedCommand, { type: 'open' }>): Promise<void> {
    await this.make(crypto.randomUUID(), queued.title, queued);
    await this.learn(queued);
    this.leave('#', 'Billet enregistré.');
  }

  async act(ticket: ShownTicket, queued: QueuedCommand): Promise<void> {
    await this.make(ticket.ticketId, titleOf(ticket), queued);
    this.leave(ticketAddress(ticket.ticketId), `${commandDone[queued.type]}: c’est enregistré.`);
  }

  async correct(entry: Entry, queued: QueuedCommand): Promise<void> {
    await this.store.mend(entry.seq, (refused) => ({
      ...corrected(refused, queued, () => crypto.randomUUID()),
      about: queued.type === 'open' ? queued.title : refused.about,
    }));
    this.leave('#file', 'Corrigé: ce sera renvoyé.');
  }

  async doAgain(entry: Entry): Promise<void> {
    await this.store.mend(entry.seq, (refused, seq) => doneAgain(refused, deviceTime(new Date()), seq));
    this.leave('#file', 'Refait: ce sera renvoyé.');
  }

  async sendAgain(entry: Entry): Promise<void> {
    await this.store.mend(entry.seq, again);
    this.leave('#file', 'Ce sera renvoyé.');
  }

  async moveToMerged(entry: Entry): Promise<void> {
    const into = this.view.tickets.find(({ ticketId }) => ticketId === entry.refusal?.mergedInto);
    await this.store.mend(entry.seq, (refused) => ({
      ...movedToMerged(refused, asNote(refused)),
      about: into?.title ?? refused.about,
    }));
    this.leave('#file', 'La note ira au billet fusionné.');
  }

  async giveUp(entry: Entry): Promise<void> {
    await this.store.giveUp(givenUpWith(entry, this.view.queue));
    this.tell('Effacé.');
    await this.changed();
  }

  /** Stores what is typed, 200 ms after the last key: soon enough for a tablet that is closed, and rarely enough for a slow one. */
  keepDraft(draft: Draft): void {
    const { current } = this.view;
    if (!current) return;
    clearTimeout(this.drafting);
    const form = location.hash;
    this.drafting = setTimeout(() => void this.store.keepDraft(current.person, form, draft), 200);
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
      await this.store.show(undefined);
      return true;
    });
    if (left) this.leave('#', 'Vous êtes déconnecté.');
    else this.tell('Il faut le réseau pour se déconnecter.');
  }

  private async make(ticketId: string, about: string, queued: QueuedCommand): Promise<void> {
    const { current } = this.view;
    if (!current) throw new Error('only who signed in is shown a form');
    const occurredAt = deviceTime(new Date());
    const command: Command = { commandId: crypto.randomUUID(), ticketId, occurredAt, ...queued };
    await this.store.add({ person: current.person, about, command });
    // Asks the browser for lasting storage once there is something to lose; one that refuses still stores while it has room.
    void navigator.storage.persist();
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
    if (current) void this.store.keepDraft(current.person, location.hash, undefined);
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
    const current = await this.store.current();
    const [everyones, tickets] = [
      await this.store.queue(),
      current ? await this.store.tickets(current.person) : [],
    ];
    const queue = everyones.filter(({ person }) => person === current?.person);
    const others = everyones.filter(({ person }) => person !== current?.person).map(({ person }) => person);
    const held = [...new Set(others)].map((person) => ({
      person,
      count: others.filter((name) => name === person).length,
    }));
    this.show({ current, queue, held, tickets: ticketsAfterQueue(tickets, queue), sync: this.sync.state });
  }

  private async go(isFirst = false): Promise<void> {
    const route = routeOf(location.hash);
    await this.refresh();
    const { current, queue } = this.view;
    const entry = route.page === 'mend' ? queue.find(({ seq }) => seq === route.seq) : undefined;
    const kept = current ? await this.store.draft(current.person, location.hash) : {};
    this.show({
      route,
      notes: undefined,
      hasOlderNotes: false,
      draft: { ...(entry ? valuesOf(entry.command) : {}), ...kept },
    });
    const heading = this.root.querySelector('h1')?.textContent ?? '';
    document.title = `${heading.replace(/\s+/g, ' ').trim()} – Équipe mobile`;
    if (!isFirst || route.page === 'new') this.focus(route.page === 'new' ? '[name=title]' : 'h1');
    if (route.page === 'ticket') await this.readNotes(route.ticketId);
  }

  /** Moves the focus into the new page, for screen readers and keyboards. */
  private focus(selector: string): void {
    scrollTo(0, 0);
    this.root.querySelector<HTMLElement>(selector)?.focus();
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
    render(page({ view: this.view, acts: this }), this.root);
  }
}
