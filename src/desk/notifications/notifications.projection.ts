import type { PoolClient } from 'pg';
import { sql, statement, type Sql } from '../../platform/database/sql.js';
import type { RecordedEvent } from '../../platform/event-store/event-store.js';
import { insertRows } from '../../platform/projections/writing/insert-rows.js';
import type { Projection, ProjectionTable } from '../../platform/projections/projection.js';
import type { Instant } from '../../shared/instant.js';
import { decode } from '../../tickets/domain/ticket.codec.js';
import { ticketIdOf, ticketStreams, type TicketEvent } from '../../tickets/domain/ticket.events.js';
import { confidentialTexts } from '../../tickets/domain/ticket-texts.js';
import { mentionsIn } from './mentions.js';

export const notificationReasons = ['mentioned', 'assigned', 'watching'] as const;
type NotificationReason = (typeof notificationReasons)[number];

/** Someone watches a ticket after one event of it up to, and without, another. */
interface Watch {
  ticketId: string;
  person: string;
  from: bigint;
  until: bigint | null;
}

/** Something that those who watch the ticket are told of. */
interface News {
  ticketId: string;
  position: bigint;
  type: TicketEvent['type'];
  actor: string;
  internal: boolean;
  occurredAt: Instant;
  recordedAt: Instant;
  /** Those who are told of it whether they watch or not. */
  told: ReadonlyMap<string, NotificationReason>;
}

/** What a batch of events changes. */
export interface NotificationChanges {
  /** Those who began to watch before the batch, and stopped in it. */
  ended: readonly Omit<Watch, 'from'>[];
  watches: readonly Watch[];
  news: readonly News[];
  erased: readonly string[];
}

/** Who watches, and what operators do to texts, is no news of the request. */
const silent: ReadonlySet<TicketEvent['type']> = new Set([
  'TicketWatched',
  'TicketUnwatched',
  'TicketTextsErased',
  'LegalHoldPlaced',
  'LegalHoldReleased',
]);

const toldBy = (event: TicketEvent): Map<string, NotificationReason> => {
  if (event.type === 'NoteAdded')
    return new Map(mentionsIn(event.body).map((person) => [person, 'mentioned' as const]));
  if (event.type === 'TicketAssigned' && event.assignee) return new Map([[event.assignee, 'assigned']]);
  return new Map();
};

/** The watches that events of one batch begin and end. */
class Watches {
  readonly begun: Watch[] = [];
  readonly ended: Omit<Watch, 'from'>[] = [];
  private readonly open = new Map<string, Watch>();

  begin(ticketId: string, person: string, from: bigint): void {
    const watch: Watch = { ticketId, person, from, until: null };
    this.open.set(`${ticketId} ${person}`, watch);
    this.begun.push(watch);
  }

  end(ticketId: string, person: string, until: bigint): void {
    const watch = this.open.get(`${ticketId} ${person}`);
    this.open.delete(`${ticketId} ${person}`);
    if (watch) watch.until = until;
    else this.ended.push({ ticketId, person, until });
  }
}

/** What people are told of: events of tickets that they watch, that were given to them, or whose notes mention them. */
export class Notifications implements Projection<NotificationChanges> {
  readonly name = 'notifications';
  readonly version = 1;
  readonly streamPrefix = ticketStreams;
  readonly without = confidentialTexts.filter((path) => path !== 'body');
  readonly erasedBy = 'TicketTextsErased' satisfies TicketEvent['type'];
  readonly schema = 'desk';
  readonly tables: readonly ProjectionTable[] = [
    {
      name: 'watches',
      columns: {
        ticket_id: 'uuid NOT NULL',
        person: 'text NOT NULL',
        from_position: 'bigint NOT NULL',
        until_position: 'bigint',
      },
      primaryKey: ['ticket_id', 'person', 'from_position'],
    },
    {
      name: 'notifications',
      columns: {
        person: 'text NOT NULL',
        position: 'bigint NOT NULL',
        ticket_id: 'uuid NOT NULL',
        reason: 'text NOT NULL',
        type: 'text NOT NULL',
        actor: 'text NOT NULL',
        internal: 'boolean NOT NULL',
        occurred_at: 'timestamptz NOT NULL',
        recorded_at: 'timestamptz NOT NULL',
      },
      primaryKey: ['person', 'position'],
      // Whom a note mentions stands in its text.
      texts: ['person'],
      unsampled: ['person'],
      indexes: [`(ticket_id) WHERE reason = 'mentioned'`],
    },
  ];

  fold(events: readonly RecordedEvent[]): NotificationChanges {
    const watches = new Watches();
    const news: News[] = [];
    const erased: string[] = [];
    for (const recorded of events) {
      const { event, metadata, position, recordedAt } = decode(recorded);
      const ticketId = ticketIdOf(recorded.stream);
      if (event.type === 'TicketWatched') watches.begin(ticketId, event.watcher, position);
      if (event.type === 'TicketUnwatched') watches.end(ticketId, event.watcher, position);
      if (event.type === 'TicketTextsErased') erased.push(ticketId);
      if (silent.has(event.type)) continue;
      const { type, occurredAt } = event;
      const internal = event.type === 'NoteAdded' && event.internal;
      const told = toldBy(event);
      news.push({ ticketId, position, type, actor: metadata.actor, internal, occurredAt, recordedAt, told });
    }
    return { ended: watches.ended, watches: watches.begun, news, erased };
  }

  async write(changes: NotificationChanges, transaction: PoolClient): Promise<void> {
    const { ended, watches, news, erased } = changes;
    if (ended.length > 0) await transaction.query(statement(endWatches(ended)));
    await insertRows(transaction, 'watches', {
      columns: ['ticket_id', 'person', 'from_position', 'until_position'],
      rows: watches,
      valuesOf: ({ ticketId, person, from, until }) => [ticketId, person, from, until],
    });
    if (news.length > 0)
      await transaction.query(statement(insertNotifications(news), 'notifications-insert'));
    if (erased.length > 0) await transaction.query(statement(forgetMentions(erased)));
  }

  async erase(events: readonly RecordedEvent[], transaction: PoolClient): Promise<void> {
    await transaction.query(statement(forgetMentions(events.map(({ stream }) => ticketIdOf(stream)))));
  }
}

export const endWatches = (ended: readonly Omit<Watch, 'from'>[]): Sql => sql`
  UPDATE watches SET until_position = ended.position
    FROM unnest(${ended.map(({ ticketId }) => ticketId)}::uuid[], ${ended.map(({ person }) => person)}::text[],
                ${ended.map(({ until }) => String(until))}::bigint[]) AS ended(ticket_id, person, position)
   WHERE watches.ticket_id = ended.ticket_id AND watches.person = ended.person AND watches.until_position IS NULL
     AND watches.from_position < ended.position`;

/** A row for each person who is told, and for each who watched when it happened; whoever did it knows already. */
export const insertNotifications = (news: readonly News[]): Sql => {
  const told = news.flatMap(({ position, told: people }) =>
    [...people].map(([person, reason]) => ({ position, person, reason })),
  );
  return sql`
  WITH news AS (
    SELECT * FROM unnest(
      ${news.map(({ ticketId }) => ticketId)}::uuid[], ${news.map(({ position }) => String(position))}::bigint[],
      ${news.map(({ type }) => type)}::text[], ${news.map(({ actor }) => actor)}::text[],
      ${news.map(({ internal }) => internal)}::boolean[], ${news.map(({ occurredAt }) => occurredAt)}::timestamptz[],
      ${news.map(({ recordedAt }) => recordedAt)}::timestamptz[])
      AS news(ticket_id, position, type, actor, internal, occurred_at, recorded_at)
  ), people AS (
    SELECT position, person, reason, 1 AS rank
      FROM unnest(${told.map(({ position }) => String(position))}::bigint[], ${told.map(({ person }) => person)}::text[],
                  ${told.map(({ reason }) => reason)}::text[]) AS told(position, person, reason)
     UNION ALL
    SELECT news.position, watch.person, 'watching', 2
      FROM news JOIN watches AS watch USING (ticket_id)
     WHERE news.position > watch.from_position AND (watch.until_position IS NULL OR news.position < watch.until_position)
  )
  INSERT INTO notifications (person, position, ticket_id, reason, type, actor, internal, occurred_at, recorded_at)
  SELECT DISTINCT ON (people.person, position) people.person, position, ticket_id, reason, type, actor, internal, occurred_at, recorded_at
    FROM people JOIN news USING (position)
   WHERE people.person <> news.actor
   ORDER BY people.person, position, rank`;
};

export const forgetMentions = (ticketIds: readonly string[]): Sql => sql`
  DELETE FROM notifications WHERE ticket_id = ANY(${ticketIds}::uuid[]) AND reason = 'mentioned'`;
