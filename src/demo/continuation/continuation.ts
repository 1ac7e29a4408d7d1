import type { Simulation } from '../../boot/server.js';
import { dayAfter, daysBetween, localDay, type Day } from '../../calendar/local-days.js';
import { untilAborted } from '../../shared/concurrency/until-aborted.js';
import { instant } from '../../shared/instant.js';
import { timeZone } from '../moved-week.js';
import type { PlannedCommand } from './planned-command.js';

/** The longest time without a look at the clock, which may jump: a laptop sleeps. */
const maxSleepMs = 30_000;
const minSleepMs = 250;
const afterFailureMs = 5_000;

interface ContinuationOptions {
  tour: Simulation['tour'];
  /** The first day that is not the sample's. */
  from: Day;
  /** Days before the sample, in the order in which they are filled. */
  earlier: readonly Day[];
  onFailure: (error: unknown) => void;
}

interface Means {
  plannedDay: (day: Day) => readonly PlannedCommand[];
  /** What the sample left active, worked off. */
  workedOff: readonly PlannedCommand[];
  settledDay: (day: Day) => readonly PlannedCommand[];
  /** Sends like `send`, a little at a time, so that whoever looks meanwhile sees no lag. */
  sendGently: Means['send'];
  /** Told how many tickets were opened once the days before the sample are filled. */
  onEarlierFilled: (opened: number) => void;
  /** Sends commands in their order; resolves with those that could not be judged, which are sent again later. */
  send: (commands: readonly PlannedCommand[]) => Promise<readonly PlannedCommand[]>;
}

/**
 * Goes on where the sample ends: fills the days since then, and lets the tickets of today arrive when they happen. What happens when
 * follows from the days alone, so that a demo that is started again has the same. A pause leaves out what would have been opened
 * meanwhile; what it kept from happening to the tickets that are there happens when it ends. Days before the sample come last, one at a
 * time, between the tickets of today.
 */
export class Continuation implements Simulation {
  readonly tour: Simulation['tour'];
  isPaused = false;
  private readonly stopping = new AbortController();
  /** What is still to come of the days that are planned, in the order of time. */
  private coming: PlannedCommand[] = [];
  /** The first day that is not planned yet. */
  private next: Day;
  /** The days before the sample that are still to be filled. */
  private readonly earlier: Day[];
  private openedEarlier = 0;
  private wake: () => void = () => undefined;
  private means: Means | undefined;
  private running: Promise<void> | undefined;

  constructor(private readonly options: ContinuationOptions) {
    this.tour = options.tour;
    this.next = options.from;
    this.earlier = [...options.earlier];
  }

  /**
   * Fills the days, today first, since that is what people look at; resolves with how many tickets were opened when that is done,
   * undefined where the end came before. Then goes on by itself until it is stopped.
   */
  async begin(means: Means): Promise<number | undefined> {
    this.means = means;
    const until = Date.now();
    this.coming = [...means.workedOff];
    this.planUntilToday(means);
    const [past, coming] = divided(this.coming, ({ at }) => at <= until);
    this.coming = coming;
    const today = localDay(instant(until), timeZone);
    const opened = past.filter(({ command }) => command.type === 'open');
    const openedToday = new Set(
      opened.flatMap(({ at, ticketId }) => (localDay(instant(at), timeZone) === today ? [ticketId] : [])),
    );
    const [ofToday, earlier] = divided(past, ({ ticketId }) => openedToday.has(ticketId));
    for (const part of [ofToday, ...byDay(earlier)]) await this.sendWhileRunning(part, means);
    this.running = this.run(means);
    return this.isStopping() ? undefined : opened.length;
  }

  pause(): void {
    this.isPaused = true;
  }

  resume(): void {
    if (!this.isPaused) return;
    this.isPaused = false;
    if (this.running && this.means) this.leaveOutMissed(this.means);
    this.wake();
  }

  async stop(): Promise<void> {
    this.stopping.abort();
    this.wake();
    await this.running;
  }

  private async run(means: Means): Promise<void> {
    while (!this.isStopping()) {
      if (!this.isPaused) {
        this.planUntilToday(means);
        const [due, coming] = divided(this.coming, ({ at }) => at <= Date.now());
        this.coming = coming;
        if (due.length > 0) await this.sendWhileRunning(due, means);
        if (await this.fillEarlier(means)) continue;
      }
      await this.rest(this.isPaused ? maxSleepMs : (this.coming[0]?.at ?? Infinity) - Date.now());
    }
  }

  /** Fills a day before the sample; false where none is left. */
  private async fillEarlier(means: Means): Promise<boolean> {
    const day = this.earlier.shift();
    if (day === undefined) return false;
    const planned = means.settledDay(day);
    await this.sendWhileRunning(planned, { send: means.sendGently });
    this.openedEarlier += planned.filter(({ command }) => command.type === 'open').length;
    if (this.earlier.length === 0 && !this.isStopping()) means.onEarlierFilled(this.openedEarlier);
    return true;
  }

  private planUntilToday({ plannedDay }: Means): void {
    const today = localDay(instant(Date.now()), timeZone);
    if (this.next > today) return;
    const planned = daysBetween(this.next, today).flatMap(plannedDay);
    this.coming = [...this.coming, ...planned].sort((a, b) => a.at - b.at);
    this.next = dayAfter(today);
  }

  /** Sends commands, again where that fails, until the server has judged them all or the end has come. */
  private async sendWhileRunning(
    commands: readonly PlannedCommand[],
    { send }: Pick<Means, 'send'>,
  ): Promise<void> {
    let left = commands;
    while (left.length > 0 && !this.isStopping()) {
      if (this.isPaused) {
        await this.rest(maxSleepMs);
        continue;
      }
      try {
        // What is being sent is not waited for once the server stops: it would be sent again and again to one that answers no more.
        left = await untilAborted(this.stopping.signal, send(left), []);
        if (left.length > 0) await this.rest(afterFailureMs);
      } catch (error) {
        if (!this.isStopping()) this.options.onFailure(error);
        await this.rest(afterFailureMs);
      }
    }
  }

  private leaveOutMissed(means: Means): void {
    this.planUntilToday(means);
    const now = Date.now();
    const missed = new Set(
      this.coming.flatMap(({ at, ticketId, command }) =>
        at <= now && command.type === 'open' ? [ticketId] : [],
      ),
    );
    this.coming = this.coming
      .filter(({ ticketId }) => !missed.has(ticketId))
      .map((planned) => (planned.at <= now ? happeningAt(now, planned) : planned));
  }

  private isStopping(): boolean {
    return this.stopping.signal.aborted;
  }

  private async rest(ms: number): Promise<void> {
    if (this.isStopping()) return;
    await new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, Math.min(Math.max(ms, minSleepMs), maxSleepMs));
      this.wake = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }
}

const happeningAt = (at: number, { ticketId, command }: PlannedCommand): PlannedCommand => ({
  at,
  ticketId,
  command: { ...command, occurredAt: new Date(at).toISOString() },
});

const divided = <Value>(values: readonly Value[], isFirst: (value: Value) => boolean): [Value[], Value[]] => [
  values.filter(isFirst),
  values.filter((value) => !isFirst(value)),
];

/** Commands by the day they happen on, oldest first. */
const byDay = (commands: readonly PlannedCommand[]): PlannedCommand[][] => {
  const days = new Map<Day, PlannedCommand[]>();
  for (const command of commands) {
    const day = localDay(instant(command.at), timeZone);
    const known = days.get(day);
    if (known) known.push(command);
    else days.set(day, [command]);
  }
  return [...days.values()];
};
