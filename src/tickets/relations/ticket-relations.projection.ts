import type { PoolClient } from 'pg';
import type { RecordedEvent } from '../../platform/event-store/event-store.js';
import { insertRows } from '../../platform/projections/writing/insert-rows.js';
import type { Projection, ProjectionTable } from '../../platform/projections/projection.js';
import { decodeEvent } from '../domain/ticket.codec.js';
import { ticketIdOf, ticketStreams, type TicketEvent } from '../domain/ticket.events.js';
import { confidentialTexts } from '../domain/ticket-texts.js';

/** What another ticket is to this one: only the relations that are looked up from the other ticket's side. */
export type Related = 'parent' | 'merged';

export interface TicketRelation {
  ticketId: string;
  related: Related;
  otherId: string;
  position: bigint;
}

/** Which tickets were put under another ticket, or merged into it; looked up by that other ticket. */
export class TicketRelations implements Projection<readonly TicketRelation[]> {
  readonly name = 'ticket-relations';
  readonly version = 1;
  readonly streamPrefix = ticketStreams;
  readonly without = confidentialTexts;
  readonly schema = 'tickets';
  readonly tables: readonly ProjectionTable[] = [
    {
      name: 'relations',
      columns: {
        ticket_id: 'uuid NOT NULL',
        related: 'text NOT NULL',
        other_id: 'uuid NOT NULL',
        position: 'bigint NOT NULL',
      },
      primaryKey: ['ticket_id', 'related', 'other_id'],
      indexes: ['(other_id, related, position)'],
    },
  ];

  fold(events: readonly RecordedEvent[]): TicketRelation[] {
    return events.flatMap((recorded) => {
      const other = relatedBy(decodeEvent(recorded));
      const { position, stream } = recorded;
      return other ? [{ ticketId: ticketIdOf(stream), position, ...other }] : [];
    });
  }

  async write(relations: readonly TicketRelation[], transaction: PoolClient): Promise<void> {
    const columns = ['ticket_id', 'related', 'other_id', 'position'];
    await insertRows(transaction, 'relations', {
      columns,
      rows: relations,
      valuesOf: ({ ticketId, related, otherId, position }) => [ticketId, related, otherId, position],
    });
  }
}

const relatedBy = (event: TicketEvent): Pick<TicketRelation, 'related' | 'otherId'> | undefined => {
  if (event.type === 'TicketMerged') return { related: 'merged', otherId: event.into };
  if (event.type !== 'TicketLinked' || event.relation !== 'parent') return undefined;
  return { related: 'parent', otherId: event.to };
};
