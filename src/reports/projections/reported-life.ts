import { localDay, type Day } from '../../calendar/local-days.js';
import type { Instant } from '../../shared/instant.js';
import type { Category } from '../../shared/vocabulary.js';
import type { Effect } from './effects.js';

/** An event that reports rest on. */
export interface LifeStep {
  ticketId: string;
  position: bigint;
  occurredAt: Instant;
  recordedAt: Instant;
  effect: Effect;
}

/** What reports know of a ticket from one event on. */
export interface TicketState {
  openedPosition: bigint;
  openedDay: Day;
  openedAt: Instant;
  /** Where figures count the opening. */
  openedEstablishment: string;
  /** Where the ticket is. */
  establishment: string;
  team: string | null;
  category: Category;
  respondedAt: Instant | null;
}

/** A ticket as it was known from one position of the log until another. */
export interface Version extends TicketState {
  ticketId: string;
  from: bigint;
  until: bigint | null;
  recordedAt: Instant;
}

/** A transition into resolved, and the reopening that undid it. */
export interface ReportedResolution {
  ticketId: string;
  position: bigint;
  establishment: string;
  resolvedDay: Day;
  resolvedAt: Instant;
  openedAt: Instant;
  reopened: { position: bigint; at: Instant } | null;
}

interface SpellEnd {
  position: bigint;
  day: Day;
}

/** A time in which a ticket was active at one place. */
export interface ReportedSpell {
  ticketId: string;
  establishment: string;
  timeZone: string;
  openedAt: Instant;
  from: SpellEnd;
  until: SpellEnd | null;
}

/** How a batch of events changes the rows. Ends, reopenings and closed versions are those of rows from before the batch. */
export interface RowChanges {
  versions: Version[];
  closed: { ticketId: string; until: bigint }[];
  resolutions: ReportedResolution[];
  reopened: { ticketId: string; position: bigint; at: Instant }[];
  spells: ReportedSpell[];
  ended: { ticketId: string; until: SpellEnd }[];
}

/** Who is not opened in these events, so that what is known of them has to be read first. */
export const openedBefore = (steps: readonly LifeStep[]): string[] => {
  const [opened, before] = [new Set<string>(), new Set<string>()];
  for (const { ticketId, effect } of steps) {
    if (effect.opened) opened.add(ticketId);
    else if (!opened.has(ticketId)) before.add(ticketId);
  }
  return [...before];
};

/** The rows that these events change. `known` has the state of each ticket that was opened before them. */
export const rowChanges = (
  steps: readonly LifeStep[],
  known: ReadonlyMap<string, TicketState>,
): RowChanges => {
  const changes = new Changes(known);
  for (const step of steps) changes.add(step);
  return changes.rows;
};

class Changes {
  readonly rows: RowChanges = {
    ...{ versions: [], closed: [], resolutions: [], reopened: [], spells: [], ended: [] },
  };
  private readonly states: Map<string, TicketState>;
  /** The rows of this batch that a later event of it may still change. */
  private readonly version = new Map<string, Version>();
  private readonly resolution = new Map<string, ReportedResolution>();
  private readonly spell = new Map<string, ReportedSpell>();

  constructor(known: ReadonlyMap<string, TicketState>) {
    this.states = new Map(known);
  }

  add(step: LifeStep): void {
    const earlier = this.states.get(step.ticketId);
    const state = stateAfter(step, earlier);
    const { out, into, resolved, unresolved } = step.effect;
    if (earlier && !out && !into && isSame(earlier, state)) return;
    this.states.set(step.ticketId, state);
    this.change(step, state, earlier !== undefined);
    if (out) this.end(step, out.timeZone);
    if (into) this.begin(step, state, into);
    if (resolved) this.resolve(step, resolved);
    if (unresolved) this.reopen(step);
  }

  private change({ ticketId, position, recordedAt }: LifeStep, state: TicketState, existed: boolean): void {
    const earlier = this.version.get(ticketId);
    if (earlier) earlier.until = position;
    else if (existed) this.rows.closed.push({ ticketId, until: position });
    const version = { ...state, ticketId, from: position, until: null, recordedAt };
    this.version.set(ticketId, version);
    this.rows.versions.push(version);
  }

  private end({ ticketId, position, occurredAt }: LifeStep, timeZone: string): void {
    const until = { position, day: localDay(occurredAt, timeZone) };
    const spell = this.spell.get(ticketId);
    if (spell) spell.until = until.day < spell.from.day ? { ...until, day: spell.from.day } : until;
    else this.rows.ended.push({ ticketId, until });
    this.spell.delete(ticketId);
  }

  private begin(
    { ticketId, position, occurredAt }: LifeStep,
    { openedAt }: TicketState,
    { establishment, timeZone }: NonNullable<Effect['into']>,
  ): void {
    const from = { position, day: localDay(occurredAt, timeZone) };
    const spell = { ticketId, establishment, timeZone, openedAt, from, until: null };
    this.spell.set(ticketId, spell);
    this.rows.spells.push(spell);
  }

  private resolve(
    { ticketId, position, occurredAt }: LifeStep,
    { at, openedAt }: NonNullable<Effect['resolved']>,
  ): void {
    const resolution: ReportedResolution = {
      ...{ ticketId, position, establishment: at.establishment, resolvedAt: occurredAt, openedAt },
      resolvedDay: localDay(occurredAt, at.timeZone),
      reopened: null,
    };
    this.resolution.set(ticketId, resolution);
    this.rows.resolutions.push(resolution);
  }

  private reopen({ ticketId, position, occurredAt: at }: LifeStep): void {
    const resolution = this.resolution.get(ticketId);
    if (resolution) resolution.reopened = { position, at };
    else this.rows.reopened.push({ ticketId, position, at });
    this.resolution.delete(ticketId);
  }
}

const stateAfter = ({ effect, position }: LifeStep, earlier: TicketState | undefined): TicketState => {
  const state = earlier ?? openedState(effect, position);
  const { team = state.team, category = state.category, into } = effect;
  return {
    ...state,
    ...{ team, category },
    establishment: into?.establishment ?? state.establishment,
    respondedAt: firstResponse(state, effect.respondedAt),
  };
};

const openedState = ({ opened, category }: Effect, position: bigint): TicketState => {
  if (!opened || !category) throw new Error('an event of a ticket that was never opened');
  const { establishment, timeZone } = opened.at;
  return {
    openedPosition: position,
    openedDay: localDay(opened.occurredAt, timeZone),
    openedAt: opened.occurredAt,
    ...{ openedEstablishment: establishment, establishment, team: null, category, respondedAt: null },
  };
};

/** The earliest response by when it happened, whenever it was recorded; an assignment may claim a time before the opening. */
const firstResponse = ({ respondedAt, openedAt }: TicketState, at: Instant | undefined): Instant | null => {
  if (at === undefined) return respondedAt;
  const response = at < openedAt ? openedAt : at;
  return respondedAt !== null && respondedAt <= response ? respondedAt : response;
};

const isSame = (a: TicketState, b: TicketState): boolean =>
  a.team === b.team &&
  a.category === b.category &&
  a.establishment === b.establishment &&
  a.respondedAt === b.respondedAt;
