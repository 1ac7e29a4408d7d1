import { Query, QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import type { Day } from '../../calendar/local-days.js';
import { EventStore, type RecordedEvent } from '../../platform/event-store/event-store.js';
import type { Instant } from '../../shared/instant.js';
import { decode } from '../../tickets/domain/ticket.codec.js';
import { ticketIdOf, ticketStreams } from '../../tickets/domain/ticket.events.js';
import { confidentialTexts } from '../../tickets/domain/ticket-texts.js';
import { deltasOf } from '../projections/deltas.js';
import { backlogChange, countedFigures, zeroCounts, type Figures } from '../figures.js';

/**
 * The version of the definitions by which events are counted. It is raised when the same events would be counted otherwise:
 * figures published before then can't be compared event by event any more.
 */
export const definitionsVersion = 1;

/** One event, and what it added to the figures of one day of an establishment. */
export interface FigureCause {
  ticketId: string;
  type: string;
  position: string;
  occurredAt: Instant;
  recordedAt: Instant;
  establishment: string;
  delta: Partial<Figures>;
}

/**
 * The events after one position and up to another that count in the figures of a day, its backlog included, in order of position:
 * they make up the difference between the figures known at the two positions. Tickets that changed none of them are left out.
 */
export class ReadFigureCauses extends Query<FigureCause[]> {
  constructor(
    readonly day: Day,
    readonly after: bigint,
    readonly upTo: bigint,
  ) {
    super();
  }
}

@QueryHandler(ReadFigureCauses)
export class ReadFigureCausesHandler implements IQueryHandler<ReadFigureCauses> {
  constructor(private readonly store: EventStore) {}

  async execute({ day, after, upTo }: ReadFigureCauses): Promise<FigureCause[]> {
    if (upTo <= after) return [];
    const reading = new AbortController();
    const causes: FigureCause[] = [];
    try {
      const batches = this.store.subscribe({
        ...{ after, streamPrefix: ticketStreams, without: confidentialTexts },
        signal: reading.signal,
      });
      for await (const { events, position } of batches) {
        const within = events.filter((event) => event.position <= upTo);
        causes.push(...within.flatMap((event) => causesIn(event, day)));
        if (position >= upTo) break;
      }
    } finally {
      reading.abort();
    }
    return withoutCancelled(causes);
  }
}

/**
 * Without the events of a ticket that cancel each other out, so that it changed nothing: one that was opened and resolved before the day
 * was in no figure of it, and a late import of such tickets would bury the few that matter.
 */
const withoutCancelled = (causes: readonly FigureCause[]): FigureCause[] => {
  const sums = new Map<string, Map<string, number>>();
  for (const cause of causes) {
    const sum = sums.get(ticketAt(cause)) ?? new Map<string, number>();
    sums.set(ticketAt(cause), sum);
    for (const [figure, change] of Object.entries(cause.delta))
      sum.set(figure, (sum.get(figure) ?? 0) + change);
  }
  return causes.filter((cause) => [...(sums.get(ticketAt(cause)) ?? [])].some(([, change]) => change !== 0));
};

const ticketAt = ({ ticketId, establishment }: FigureCause): string => `${establishment} ${ticketId}`;

/** One cause for each establishment, with all figures merged: a resolution can count in both `resolved` and `resolvedSameDay`. */
const causesIn = (recorded: RecordedEvent, day: Day): FigureCause[] => {
  const { event } = decode(recorded);
  const byEstablishment = new Map<string, Partial<Figures>>();
  for (const { establishment, day: counted, counts } of deltasOf(event)) {
    if (counted > day) continue;
    const delta = byEstablishment.get(establishment) ?? {};
    byEstablishment.set(establishment, delta);
    const backlog = backlogChange({ ...zeroCounts(), ...counts });
    if (backlog !== 0) delta.backlog = (delta.backlog ?? 0) + backlog;
    if (counted < day) continue;
    for (const figure of countedFigures) {
      const change = counts[figure] ?? 0;
      if (change !== 0) delta[figure] = (delta[figure] ?? 0) + change;
    }
  }
  return [...byEstablishment].flatMap(([establishment, delta]) => {
    const counting = Object.fromEntries(Object.entries(delta).filter(([, change]) => change !== 0));
    if (Object.keys(counting).length === 0) return [];
    const { type, occurredAt } = event;
    const { position, recordedAt, stream } = recorded;
    const ticketId = ticketIdOf(stream);
    return [
      { ticketId, type, position: String(position), occurredAt, recordedAt, establishment, delta: counting },
    ];
  });
};
