import { render } from 'lit-html';
import type { QueuedCommand, Command } from './queue/command.js';
import { deviceTime } from './queue/device-time.js';
import { again, corrected, doneAgain, givenUpWith, movedToMerged } from './queue/remedy.js';
import type { Entry } from './queue/queue.js';
import { seen, type Seen } from './queue/ticket.js';
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

/** The page: what the tablet keeps, shown, and what people do with it. */
export class App implements Acts {
  private view: View = {
    route: { page: 'list' },
    current: undefined,
    ...{ tickets: [], queue: [], held: [], draft: {}, notes: undefined, hasOlderNotes: false, told: '' },
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

  async open(asked: Extract<QueuedCommand, { type: 'open' }>): Promise<void> {
    await this.make(crypto.randomUUID(), asked.title, asked);
    await this.learn(asked);
    this.leave('#', 'Billet enregistré.');
  }

  async act(ticket: Seen, asked: QueuedCommand): Promise<void> {
    await this.make(ticket.ticketId, ticket.title, asked);
    this.leave(ticketAddress(ticket.ticketId), `${commandDone[asked.type]}: c’est enregistré.`);
  }

  async correct(entry: Entry, asked: QueuedCommand): Promise<void> {
    await this.store.mend(entry.seq, (refused) => ({
      ...corrected(refused, asked, () => crypto.randomUUID()),
      about: asked.type === 'open' ? asked.title : refused.about,
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

  /** As people type: soon enough for a tablet that is shut, seldom enough for one that is slow. */
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
    // What is being fetched for them comes in before it is forgotten.
    const left = await this.sync.alone(async () => {
      if (!(await this.server.signOut())) return false;
      await this.store.forget(current.person);
      await this.store.show(undefined);
      return true;
    });
    if (left) this.leave('#', 'Vous êtes déconnecté.');
    else this.tell('Il faut le réseau pour se déconnecter.');
  }

  private async make(ticketId: string, about: string, asked: QueuedCommand): Promise<void> {
    const { current } = this.view;
    if (!current) throw new Error('only who signed in is shown a form');
    const occurredAt = deviceTime(new Date());
    const command: Command = { commandId: crypto.randomUUID(), ticketId, occurredAt, ...asked };
    await this.store.add({ person: current.person, about, command });
    // Asked once there is something to lose; a browser that refuses keeps it all the same, while it has room.
    void navigator.storage.persist();
  }

  /** What was chosen comes first the next time. */
  private async learn({
    establishment,
    site,
    team,
    priority,
    location: place,
    category,
  }: Extract<QueuedCommand, { type: 'open' }>) {
    const first = (one: string | undefined, others: readonly string[]) =>
      [...(one === undefined ? [] : [one]), ...others.filter((other) => other !== one)].slice(
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

  /** From a form that is done with to where its work shows. */
  private leave(hash: string, told: string): void {
    const { current } = this.view;
    clearTimeout(this.drafting);
    if (current) void this.store.keepDraft(current.person, location.hash, undefined);
    this.tell(told);
    this.sync.wake();
    if (location.hash === hash || (hash === '#' && location.hash === '')) void this.refresh();
    else location.hash = hash;
  }

  private tell(told: string): void {
    clearTimeout(this.telling);
    this.telling = setTimeout(() => this.show({ told: '' }), toldForMs);
    this.show({ told });
  }

  /** What is kept has changed: the other tabs show it, too. */
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
      count: others.filter((other) => other === person).length,
    }));
    this.show({ current, queue, held, tickets: seen(tickets, queue), sync: this.sync.state });
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

  /** Where the page goes on, for who listens or types. */
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
