import { figureNames, noFigures, type DayFigures, type Figures } from './figures.js';

/*
 * A second implementation of domain.md, written from its text alone and as plainly as possible: no events, no projection, no running
 * sums. A ticket is the list of its moments, and every figure is counted from those lists by its definition. Nothing here is shared
 * with the product, so that a mistake would have to be made twice to go unnoticed.
 */

export type NaiveCommandType =
  | 'open'
  | 'assign'
  | 'requester'
  | 'watch'
  | 'unwatch'
  | 'note'
  | 'link'
  | 'recategorize'
  | 'reprioritize'
  | 'start'
  | 'hold'
  | 'resolve'
  | 'close'
  | 'reopen'
  | 'cancel'
  | 'merge'
  | 'transfer';

/** A command in the form of a batch's items and of the lines of an import file. */
export interface NaiveCommand {
  commandId: string;
  type: NaiveCommandType;
  ticketId: string;
  occurredAt?: string;
  establishment?: string;
  site?: string;
  category?: string;
  priority?: string;
  team?: string | null;
  assignee?: string | null;
  into?: string;
  to?: string;
  relation?: string;
  /** Of `watch` and `unwatch`: whoever sent it. */
  watcher?: string;
  [member: string]: unknown;
}

export interface NaiveAnswer {
  status: 'applied' | 'duplicate' | 'unchanged' | 'refused';
  /** The code of the refusal. */
  problem?: string;
  /** The ticket's revision in the answer; undefined for a ticket that does not exist. */
  revision?: number;
  /** The ticket's status in the answer. */
  ticketStatus?: Status;
}

type Status = 'open' | 'in-progress' | 'waiting' | 'resolved' | 'closed' | 'cancelled' | 'merged';

interface Place {
  establishment: string;
  site: string | undefined;
  timeZone: string;
}

/** A transition, with the ticket's status and place from then on. */
interface Moment {
  what: NaiveCommandType;
  at: number;
  status: Status;
  place: Place;
}

interface Ticket {
  moments: Moment[];
  revision: number;
  category: string | undefined;
  priority: string | undefined;
  /** Each priority that the ticket was given, in the order of arrival, and since when. */
  priorities: { at: number; priority: string | undefined }[];
  team: string | null;
  assignee: string | null;
  links: Set<string>;
  watchers: Set<string>;
  /** When the command that was applied last happened. */
  newest: number;
  mergedInto: string | undefined;
}

export type Places = Record<string, { timeZone: string; sites: Record<string, string> }>;

const active: Status[] = ['open', 'in-progress', 'waiting'];
const fiveMinutes = 5 * 60_000;

export class NaiveFigures {
  private readonly tickets = new Map<string, Ticket>();
  /** The commands that were applied, by their ids. */
  private readonly applied = new Map<
    string,
    { asked: string; answer: NaiveAnswer; before: Ticket | undefined; device: string | undefined }
  >();

  constructor(private readonly places: Places) {}

  /**
   * Applies a command. `skewMs`: how far the device's clock is ahead, if that is to be corrected. `sentWith`: the ids of the commands
   * that come after it in its batch, and were sent together with it before.
   */
  apply(
    command: NaiveCommand,
    now: number,
    skewMs = 0,
    device?: string,
    sentWith: readonly string[] = [],
  ): NaiveAnswer {
    const ticket = this.tickets.get(command.ticketId);
    const before = structuredClone(ticket);
    const answer = this.answer(command, ticket, now, skewMs, sentWith);
    const after = this.tickets.get(command.ticketId);
    const complete: NaiveAnswer = {
      revision: after?.revision,
      ticketStatus: after && presently(after).status,
      ...answer,
    };
    if (complete.status === 'applied') {
      this.applied.set(command.commandId, { asked: asksOf(command), answer: complete, before, device });
    }
    return complete;
  }

  /** Applies a batch, in its order; without a device none of its commands count as sent together before. */
  applyAll(commands: readonly NaiveCommand[], now: number, skewMs = 0, device?: string): NaiveAnswer[] {
    const appliedBefore = new Map(this.applied);
    return commands.map((command, index) => {
      const soFar = commands.slice(0, index + 1);
      const sentWith = commands.slice(index + 1).filter((later) => {
        const known = appliedBefore.get(later.commandId);
        if (later.ticketId !== command.ticketId || known?.asked !== asksOf(later)) return false;
        if (device === undefined || known.device !== device) return false;
        if (claimOf(command) > claimOf(later)) return false;
        // A command that is in the batch twice counts at its first place.
        return soFar.every(({ commandId }) => commandId !== later.commandId);
      });
      const ids = sentWith.map(({ commandId }) => commandId);
      return this.apply(command, now, skewMs, device, ids);
    });
  }

  /** A ticket's status and revision, and when the command applied last happened; undefined for a ticket that does not exist. */
  standingOf(ticketId: string): { status: Status; revision: number; newest: number } | undefined {
    const ticket = this.tickets.get(ticketId);
    return ticket && { status: presently(ticket).status, revision: ticket.revision, newest: ticket.newest };
  }

  private answer(
    command: NaiveCommand,
    ticket: Ticket | undefined,
    now: number,
    skewMs: number,
    sentWith: readonly string[],
  ): NaiveAnswer {
    const place = this.placeOf(command);
    if (typeof place === 'string') return refused(place);
    // A command is applied once.
    const known = this.applied.get(command.commandId);
    if (known) {
      if (known.asked !== asksOf(command)) return refused('command-id-reused');
      return { ...known.answer, status: 'duplicate' };
    }
    // A command from the future is refused.
    const claimed = command.occurredAt === undefined ? now : Date.parse(command.occurredAt) - skewMs;
    if (claimed > now + fiveMinutes) return refused('occurred-in-the-future');

    if (command.type === 'open') return ticket ? refused('id-taken') : this.open(command, place!, claimed);
    // A batch sent again keeps its order: the command must also apply to the ticket as it was before the commands that followed it.
    const [next] = sentWith
      .flatMap((commandId) => this.applied.get(commandId) ?? [])
      .sort((left, right) => left.answer.revision! - right.answer.revision!);
    if (next) {
      const then = this.judged(command, structuredClone(next.before), place, claimed);
      if (then.status !== 'applied') return then;
    }
    return this.judged(command, ticket, place, claimed);
  }

  private judged(
    command: NaiveCommand,
    ticket: Ticket | undefined,
    place: Place | undefined,
    claimed: number,
  ): NaiveAnswer {
    if (!ticket) return refused('ticket-not-found');
    switch (command.type) {
      case 'open':
        return refused('id-taken');
      case 'assign':
      case 'requester':
      case 'watch':
      case 'unwatch':
      case 'note':
      case 'link':
      case 'recategorize':
      case 'reprioritize':
        return this.amend(command, ticket, claimed);
      case 'start':
      case 'hold':
      case 'resolve':
      case 'close':
      case 'reopen':
      case 'cancel':
      case 'merge':
      case 'transfer':
        return this.move(command, command.type, ticket, place, claimed);
    }
  }

  /** The place that a command names, or the code of the refusal when there is no such place. */
  private placeOf({ establishment, site }: NaiveCommand): Place | string | undefined {
    if (establishment === undefined) return undefined;
    const known = this.places[establishment];
    if (!known) return 'unknown-establishment';
    if (site === undefined) return { establishment, site, timeZone: known.timeZone };
    const timeZone = known.sites[site];
    return timeZone === undefined ? 'unknown-site' : { establishment, site, timeZone };
  }

  private open(command: NaiveCommand, place: Place, at: number): NaiveAnswer {
    this.tickets.set(command.ticketId, {
      moments: [{ what: 'open', at, status: 'open', place }],
      revision: 1,
      category: command.category,
      priority: command.priority,
      priorities: [{ at, priority: command.priority }],
      team: command.team ?? null,
      assignee: null,
      links: new Set(),
      watchers: new Set(),
      newest: at,
      mergedInto: undefined,
    });
    return { status: 'applied' };
  }

  /** assign, requester, watch, unwatch, note, link, recategorize, reprioritize: exists, not merged; the status stays. */
  private amend(command: NaiveCommand, ticket: Ticket, claimed: number): NaiveAnswer {
    if (presently(ticket).status === 'merged') return refused('ticket-merged');
    const { category, priority, team = ticket.team, assignee = ticket.assignee } = command;
    if (command.type === 'assign') {
      if (team === ticket.team && assignee === ticket.assignee) return { status: 'unchanged' };
      Object.assign(ticket, { team, assignee });
    }
    if (command.type === 'recategorize') {
      if (category === ticket.category) return { status: 'unchanged' };
      ticket.category = category;
    }
    if (command.type === 'reprioritize') {
      if (priority === ticket.priority) return { status: 'unchanged' };
      ticket.priority = priority;
      ticket.priorities.push({ at: claimed, priority });
    }
    if (command.type === 'watch') {
      if (ticket.watchers.has(command.watcher!)) return { status: 'unchanged' };
      ticket.watchers.add(command.watcher!);
    }
    if (command.type === 'unwatch' && !ticket.watchers.delete(command.watcher!))
      return { status: 'unchanged' };
    if (command.type === 'link') {
      const link = `${command.relation} ${command.to}`;
      if (ticket.links.has(link)) return { status: 'unchanged' };
      if (command.to === command.ticketId) return refused('link-to-itself');
      if (!this.tickets.has(command.to!)) return refused('link-target-not-found');
      ticket.links.add(link);
    }
    ticket.revision += 1;
    ticket.newest = claimed;
    return { status: 'applied' };
  }

  private move(
    command: NaiveCommand,
    what: NaiveCommandType,
    ticket: Ticket,
    to: Place | undefined,
    claimed: number,
  ): NaiveAnswer {
    const { status, place, at: last } = presently(ticket);
    if (this.isAlready(command, ticket, to)) return { status: 'unchanged' };
    if (isSuperseded(what, ticket, claimed)) return refused('superseded');

    if (what === 'close' && active.includes(status)) return refused('transition-not-allowed');
    const allowed: Status[] =
      what === 'close' ? ['resolved'] : what === 'reopen' ? ['resolved', 'closed', 'cancelled'] : active;
    if (!allowed.includes(status)) return refused(`ticket-${status}`);
    if (what === 'merge') {
      const target = this.tickets.get(command.into!);
      if (command.into === command.ticketId) return refused('merge-into-itself');
      if (!target) return refused('merge-target-not-found');
      if (presently(target).status === 'merged') return refused('merge-target-merged');
      if (!active.includes(presently(target).status)) return refused('merge-target-not-active');
      ticket.mergedInto = command.into;
    }

    // Time runs forward within a ticket.
    const at = Math.max(claimed, last);
    ticket.moments.push({ what, at, status: becomes[what] ?? status, place: to ?? place });
    ticket.revision += 1;
    ticket.newest = at;
    return { status: 'applied' };
  }

  private isAlready(command: NaiveCommand, ticket: Ticket, to: Place | undefined): boolean {
    const { status, place } = presently(ticket);
    const already: Partial<Record<NaiveCommandType, Status[]>> = {
      start: ['in-progress'],
      hold: ['waiting'],
      resolve: ['resolved', 'closed'],
      close: ['closed'],
      cancel: ['cancelled'],
      reopen: active,
    };
    if (command.type === 'merge') return ticket.mergedInto === command.into;
    if (command.type === 'transfer') {
      return to?.establishment === place.establishment && to.site === place.site;
    }
    return already[command.type]?.includes(status) ?? false;
  }

  /** The figures of these days, for every establishment and in total; by the midnights of one zone, or of each place's own zone. */
  days(dates: readonly string[], zone?: string): Record<string, DayFigures> {
    const counted = this.counted(zone);
    const codes = Object.keys(this.places);
    return Object.fromEntries(
      dates.map((date) => {
        const establishments = Object.fromEntries(
          codes.map((code) => [code, { ...noFigures(), ...counted.get(`${date} ${code}`) }]),
        );
        for (const code of codes) establishments[code]!.backlog = this.backlog(date, code, zone);
        return [date, { establishments, total: sum(Object.values(establishments)) }];
      }),
    );
  }

  /** The tickets that are active at an instant, by establishment, each as `P2 d1to3`: its priority and its age then. */
  activeAt(instant: number): Record<string, string[]> {
    const found: Record<string, string[]> = {};
    for (const { moments, priorities } of this.tickets.values()) {
      const then = moments.findLast(({ at }) => at <= instant);
      if (!then || !active.includes(then.status)) continue;
      const priority = priorities.findLast(({ at }) => at <= instant)?.priority ?? priorities[0]!.priority;
      const days = (instant - moments[0]!.at) / (24 * 3_600_000);
      const age = days < 1 ? 'lt1d' : days < 3 ? 'd1to3' : days < 7 ? 'd3to7' : 'gt7d';
      (found[then.place.establishment] ??= []).push(`${priority} ${age}`);
    }
    return found;
  }

  private counted(zone?: string): Map<string, Figures> {
    const counted = new Map<string, Figures>();
    const count = (figure: keyof Figures, { at }: { at: number }, { establishment, timeZone }: Place) => {
      const key = `${localDay(at, zone ?? timeZone)} ${establishment}`;
      const figures = counted.get(key) ?? noFigures();
      figures[figure] += 1;
      counted.set(key, figures);
    };
    for (const { moments } of this.tickets.values()) {
      moments.forEach((moment, index) => {
        const { what, place } = moment;
        if (what === 'open') count('opened', moment, place);
        if (what === 'resolve') count('resolved', moment, place);
        if (what === 'reopen') count('reopened', moment, place);
        if (what === 'cancel') count('cancelled', moment, place);
        if (what === 'merge') count('merged', moment, place);
        if (what === 'transfer') {
          count('transferredOut', moment, moments[index - 1]!.place);
          count('transferredIn', moment, place);
        }
      });
      // resolvedSameDay: opened in D and resolved at the end of D, counted where it was opened and by the zone there.
      const opening = moments[0]!;
      const timeZone = zone ?? opening.place.timeZone;
      const openedOn = localDay(opening.at, timeZone);
      const lastOfTheDay = moments.findLast(({ at }) => localDay(at, timeZone) === openedOn);
      if (['resolved', 'closed'].includes(lastOfTheDay!.status)) {
        count('resolvedSameDay', opening, opening.place);
      }
    }
    return counted;
  }

  /** The number of tickets that are active at the last instant of the day, by the zone of the place where they are. */
  private backlog(date: string, code: string, zone?: string): number {
    let tickets = 0;
    for (const { moments } of this.tickets.values()) {
      moments.forEach(({ at, status, place }, index) => {
        if (place.establishment !== code || !active.includes(status)) return;
        const next = moments[index + 1];
        const timeZone = zone ?? place.timeZone;
        const begun = localDay(at, timeZone) <= date;
        const over = next !== undefined && localDay(next.at, timeZone) <= date;
        if (begun && !over) tickets += 1;
      });
    }
    return tickets;
  }
}

const becomes: Partial<Record<NaiveCommandType, Status>> = {
  start: 'in-progress',
  hold: 'waiting',
  resolve: 'resolved',
  close: 'closed',
  reopen: 'open',
  cancel: 'cancelled',
  merge: 'merged',
};

/** The content of a command, however its time is written: two commands with one id must have the same. */
const asksOf = ({ occurredAt, ...asks }: NaiveCommand): string =>
  JSON.stringify([asks, occurredAt === undefined ? null : Date.parse(occurredAt)]);

/** The claimed time of a command in ms; NaN, which is neither later nor earlier than any time, when it claims none. */
const claimOf = ({ occurredAt }: NaiveCommand): number =>
  occurredAt === undefined ? NaN : Date.parse(occurredAt);

/** The ticket's last moment, which has its present status and place. */
const presently = (ticket: Ticket): Moment => ticket.moments.at(-1)!;

const isSuperseded = (what: NaiveCommandType, { moments }: Ticket, claimed: number): boolean => {
  const lastTime = (...kinds: NaiveCommandType[]): number =>
    moments.findLast((moment) => kinds.includes(moment.what))?.at ?? -Infinity;
  if (what === 'close') return false;
  if (what === 'reopen') {
    // A merge can't be undone, so a merged ticket is refused for being merged, not as superseded.
    return moments.at(-1)!.status !== 'merged' && claimed < lastTime('resolve', 'cancel');
  }
  return claimed < lastTime('reopen');
};

const refused = (problem: string): NaiveAnswer => ({ status: 'refused', problem });

const sum = (all: Figures[]): Figures => {
  const total = noFigures();
  for (const figures of all) for (const name of figureNames) total[name] += figures[name];
  return total;
};

const formats = new Map<string, Intl.DateTimeFormat>();
const known = new Map<string, string>();

/** The local day, such as `2026-05-15`, by the JavaScript engine's own time zones. */
const localDay = (at: number, timeZone: string): string => {
  const key = `${at} ${timeZone}`;
  const day = known.get(key);
  if (day !== undefined) return day;
  const format =
    formats.get(timeZone) ??
    new Intl.DateTimeFormat('en-CA', { timeZone, year: 'numeric', month: '2-digit', day: '2-digit' });
  formats.set(timeZone, format);
  const parts = Object.fromEntries(format.formatToParts(at).map(({ type, value }) => [type, value]));
  const found = `${parts.year}-${parts.month}-${parts.day}`;
  known.set(key, found);
  return found;
};
