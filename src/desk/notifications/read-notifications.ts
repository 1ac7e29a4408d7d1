import { Query, QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import { Pool } from 'pg';
import { queryPrepared } from '../../platform/database/query-prepared.js';
import { empty, raw, shared, sql, type Sql } from '../../platform/database/sql.js';
import { writtenInstant } from '../../platform/database/written-instant.js';
import { referenceOf } from '../../shared/ticket-reference.js';
import type { Scope } from '../../access/index.js';
import type { NotificationView } from './notifications.view.js';
import { Notifications } from './notifications.projection.js';

export interface NotificationsPage {
  items: NotificationView[];
  more: boolean;
  /** Every event up to here has been looked at. */
  position: string;
}

/** What a person is told of, the newest first, about tickets of the establishments in their scope. */
export class ReadNotifications extends Query<NotificationsPage> {
  constructor(
    readonly person: string,
    readonly scope: Scope,
    readonly page: {
      /** Only those before this position. */
      before?: string | undefined;
      limit: number;
      /** Internal notes are among them. */
      internal: boolean;
    },
  ) {
    super();
  }
}

interface Served {
  served_position: string;
}
type Told = Omit<NotificationView, 'reference' | 'ticketId' | 'occurredAt' | 'recordedAt'> & {
  ticket_id: string;
  occurred: string;
  recorded: string;
};
type Row = Served & (Told | { ticket_id: null });

@QueryHandler(ReadNotifications)
export class ReadNotificationsHandler implements IQueryHandler<ReadNotifications> {
  constructor(private readonly pool: Pool) {}

  async execute(query: ReadNotifications): Promise<NotificationsPage> {
    const { limit } = query.page;
    const rows = await queryPrepared<Row>(this.pool, selectNotifications(query));
    const [served] = rows;
    if (!served) throw new Error('notifications are served as soon as the server is');
    const items = rows.flatMap((row) => (row.ticket_id === null ? [] : [viewOf(row)]));
    return { items: items.slice(0, limit), more: items.length > limit, position: served.served_position };
  }
}

const viewOf = ({
  position,
  ticket_id: ticketId,
  title,
  establishment,
  reason,
  type,
  actor,
  ...at
}: Told): NotificationView => ({
  ...{ position, ticketId, reference: referenceOf(ticketId), title, establishment, reason, type, actor },
  ...{ occurredAt: at.occurred, recordedAt: at.recorded },
});

const { name } = new Notifications();

/** The title and the establishment are the ticket's as it is now: what left these establishments is told of no more. */
export const selectNotifications = ({
  person,
  scope,
  page: { before, limit, internal },
}: Pick<ReadNotifications, 'person' | 'scope' | 'page'>): Sql => sql`
  SELECT served.position AS served_position, told.*
    FROM projections.served AS served LEFT JOIN (
      SELECT notification.position, notification.ticket_id, ticket.title, ticket.establishment, notification.reason,
             notification.type, notification.actor, ${raw(writtenInstant('notification.occurred_at'))} AS occurred,
             ${raw(writtenInstant('notification.recorded_at'))} AS recorded
        FROM desk.notifications AS notification JOIN desk.tickets AS ticket USING (ticket_id)
       WHERE notification.person = ${person}::text
         ${before === undefined ? empty : sql`AND notification.position < ${before}::bigint`}
         ${scope === 'all' ? empty : sql`AND ticket.establishment = ANY(${scope}::text[])`}
         ${internal ? empty : raw('AND NOT notification.internal')}
       ORDER BY notification.position DESC LIMIT ${shared(limit + 1)}::integer
    ) AS told ON true
   WHERE served.name = ${name}::text
   ORDER BY told.position DESC`;
