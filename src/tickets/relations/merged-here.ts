import { Injectable } from '@nestjs/common';
import { z } from 'zod';
import { canAccess, type Principal } from '../../access/index.js';
import { EventStore } from '../../platform/event-store/event-store.js';
import { positionSchema } from '../../platform/positions.js';
import type { Language } from '../../shared/text/text.js';
import { mapLimit } from '../../shared/concurrency/map-limit.js';
import { masked } from '../../shared/identifiers/identifiers.js';
import { referenceOf } from '../../shared/ticket-reference.js';
import { mergedHereIn } from '../history/sentences/sentence.js';
import { erasureOf } from '../history/history-page.js';
import { TicketRepository } from '../repository/ticket-repository.js';
import { referenceSchema } from '../ticket.view.js';
import { Relations } from './relations.js';

const maxConcurrentReads = 16;
const maxMergedHere = 500;
const instantText = z.iso.datetime();

export const mergedHereSchema = z
  .object({
    ticketId: z.guid().describe('Its own history goes on being read at its own address'),
    reference: referenceSchema,
    title: z.string(),
    position: positionSchema,
    occurredAt: instantText,
    recordedAt: instantText,
    actor: z.string(),
    sentence: z.string(),
  })
  .describe('A ticket that was merged into this one');
export type MergedHere = z.output<typeof mergedHereSchema>;

interface MergedHereReader {
  principal: Principal;
  /** Of the answer; asked for where there is something to tell in it. */
  language: () => Language;
}

/** Tickets that were merged into another one, so that its history leads to theirs. */
@Injectable()
export class MergedTickets {
  constructor(
    private readonly tickets: TicketRepository,
    private readonly relations: Relations,
    private readonly store: EventStore,
  ) {}

  /**
   * The first 500 tickets that were merged into this one, in the order of their merges, without those whose histories the principal may
   * not read. As of `minPosition` where it is given, else as far as is known now. Throws `position-not-reached`.
   */
  async into(
    ticketId: string,
    { principal, language }: MergedHereReader,
    minPosition: string | undefined,
  ): Promise<MergedHere[]> {
    const relation = { related: 'merged' as const, otherId: ticketId, limit: maxMergedHere };
    const ids =
      minPosition === undefined
        ? await this.relations.known(await this.store.lastPosition(), relation, 0)
        : await this.relations.upTo(BigInt(minPosition), relation);
    const merged = await mapLimit(maxConcurrentReads, ids, (id) => this.read(id, { principal, language }));
    return merged.filter((ticket) => ticket !== undefined);
  }

  private async read(
    ticketId: string,
    { principal, language }: MergedHereReader,
  ): Promise<MergedHere | undefined> {
    const history = await this.tickets.load(ticketId);
    const { ticket } = history.snapshot();
    const recorded = history.events.findLast(({ event }) => event.type === 'TicketMerged');
    if (ticket.status === 'unopened' || !recorded) throw new Error(`${ticketId} was not merged`);
    if (!canAccess(principal, ticket.at.establishment, 'tickets:history')) return undefined;
    const { event, metadata, position, recordedAt } = recorded;
    const title = masked(ticket.title);
    return {
      ...{
        ticketId,
        reference: referenceOf(ticketId),
        title,
        position: String(position),
        occurredAt: event.occurredAt,
        recordedAt,
      },
      actor: metadata.actor,
      sentence: mergedHereIn(language(), recorded, {
        title,
        erasure: erasureOf(history),
      }),
    };
  }
}
