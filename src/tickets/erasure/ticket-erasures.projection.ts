import type { PoolClient } from 'pg';
import type { RecordedEvent } from '../../platform/event-store/event-store.js';
import { statement, type Sql } from '../../platform/database/sql.js';
import type { Projection, ProjectionTable } from '../../platform/projections/projection.js';
import { confidentialTexts } from '../domain/ticket-texts.js';
import { decode } from '../domain/ticket.codec.js';
import { ticketIdOf, ticketStreams } from '../domain/ticket.events.js';
import { retentionChange, rowsOf, type RetentionChange } from './retention-change.js';
import {
  closeEnded,
  deleteEnded,
  deleteHolds,
  insertErasures,
  upsertEnded,
  upsertHolds,
} from './erasure-statements.js';

/** Which tickets ended when, which were erased, and which must be kept: what retention goes by. It needs nobody's texts. */
export class TicketErasures implements Projection<ReadonlyMap<string, RetentionChange>> {
  readonly name = 'ticket-erasures';
  readonly version = 1;
  readonly streamPrefix = ticketStreams;
  readonly without = confidentialTexts;
  readonly schema = 'tickets';
  readonly tables: readonly ProjectionTable[] = [
    {
      name: 'ended_tickets',
      columns: {
        ticket_id: 'uuid NOT NULL',
        establishment: 'text NOT NULL',
        status: 'text NOT NULL',
        ended_at: 'timestamptz NOT NULL',
      },
      primaryKey: ['ticket_id'],
      indexes: ['(status, ended_at)'],
    },
    {
      name: 'erasures',
      columns: {
        ticket_id: 'uuid NOT NULL',
        establishment: 'text NOT NULL',
        erased_at: 'timestamptz NOT NULL',
        actor: 'text NOT NULL',
        reason: 'text NOT NULL',
        basis: 'text NOT NULL',
        position: 'bigint NOT NULL',
      },
      primaryKey: ['ticket_id'],
      indexes: ['(position)'],
    },
    {
      name: 'legal_holds',
      columns: {
        ticket_id: 'uuid NOT NULL',
        establishment: 'text NOT NULL',
        held_at: 'timestamptz NOT NULL',
        actor: 'text NOT NULL',
        reason: 'text NOT NULL',
        position: 'bigint NOT NULL',
      },
      primaryKey: ['ticket_id'],
      indexes: ['(position)'],
    },
  ];

  fold(events: readonly RecordedEvent[]): Map<string, RetentionChange> {
    const changes = new Map<string, RetentionChange>();
    for (const recorded of events) {
      const later = retentionChange(decode(recorded));
      if (!later) continue;
      const ticketId = ticketIdOf(recorded.stream);
      changes.set(ticketId, { ...changes.get(ticketId), ...later });
    }
    return changes;
  }

  async write(changes: ReadonlyMap<string, RetentionChange>, transaction: PoolClient): Promise<void> {
    const rows = rowsOf(changes);
    const run = async <Row>(chosen: readonly Row[], make: (chosen: readonly Row[]) => Sql) => {
      if (chosen.length > 0) await transaction.query(statement(make(chosen)));
    };
    await run(rows.goingOn, deleteEnded);
    await run(rows.ended, upsertEnded);
    await run(rows.closed, closeEnded);
    await run(rows.erasures, insertErasures);
    await run(rows.released, deleteHolds);
    await run(rows.holds, upsertHolds);
  }
}
