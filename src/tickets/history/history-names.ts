import { Injectable } from '@nestjs/common';
import { canAccess, type Principal } from '../../access/index.js';
import { Establishments } from '../../establishments/index.js';
import { mapLimit } from '../../shared/concurrency/map-limit.js';
import { masked } from '../../shared/identifiers/identifiers.js';
import type { Names } from './sentences/sentences.js';
import type { RecordedTicketEvent } from '../domain/ticket.codec.js';
import type { Place, TicketEvent } from '../domain/ticket.events.js';
import { TicketRepository } from '../repository/ticket-repository.js';

const maxConcurrentReads = 16;

/** The names in a ticket's history: places as they are called now, and other tickets by their titles. */
@Injectable()
export class HistoryNames {
  constructor(
    private readonly tickets: TicketRepository,
    private readonly establishments: Establishments,
  ) {}

  async of(events: readonly RecordedTicketEvent[], principal: Principal): Promise<Names> {
    const ticketIds = [...new Set(events.flatMap(({ event }) => otherTicketOf(event) ?? []))];
    const titleOf = async (id: string) => [id, await this.titleOf(id, principal)] as const;
    const titles = new Map(await mapLimit(maxConcurrentReads, ticketIds, titleOf));
    return { place: (at) => this.place(at), title: (ticketId) => titles.get(ticketId) };
  }

  /** The other ticket's title; undefined where it was erased, or the reader may not read that ticket's history. */
  private async titleOf(ticketId: string, principal: Principal): Promise<string | undefined> {
    const { ticket } = (await this.tickets.load(ticketId)).snapshot();
    if (ticket.status === 'unopened') return undefined;
    const isReadable = canAccess(principal, ticket.at.establishment, 'tickets:history');
    return isReadable && ticket.title !== '' ? masked(ticket.title) : undefined;
  }

  /** An establishment that is not listed any more goes by its code. */
  private place({ establishment: code, site: siteCode }: Place): string {
    const establishment = this.establishments.find(code);
    const site = establishment?.sites.find(({ code: known }) => known === siteCode);
    const siteName = site?.name ?? siteCode;
    const name = establishment?.name ?? code;
    return siteName === undefined ? name : `${name} (${siteName})`;
  }
}

const otherTicketOf = (event: TicketEvent): string | undefined => {
  if (event.type === 'TicketMerged') return event.into;
  return event.type === 'TicketLinked' ? event.to : undefined;
};
