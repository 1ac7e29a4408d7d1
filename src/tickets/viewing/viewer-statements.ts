import { sql, type Sql } from '../../platform/database/sql.js';

export interface Viewing {
  ticketId: string;
  viewerId: string;
  person: string;
}

/** The page looks at this ticket from now on, and at no other; an id that is another person's stays theirs. */
export const upsertViewer = ({ ticketId, viewerId, person }: Viewing, seconds: number): Sql => sql`
  INSERT INTO tickets.viewers AS viewer (viewer_id, ticket_id, person, until)
  VALUES (${viewerId}::uuid, ${ticketId}::uuid, ${person}::text, now() + make_interval(secs => ${seconds}))
      ON CONFLICT (viewer_id) DO UPDATE SET ticket_id = excluded.ticket_id, until = excluded.until
   WHERE viewer.person = excluded.person`;

/** The others who look at a ticket, each once. */
export const selectOthers = ({ ticketId, person }: Viewing): Sql => sql`
  SELECT DISTINCT person FROM tickets.viewers
   WHERE ticket_id = ${ticketId}::uuid AND person <> ${person}::text AND until > now()
   ORDER BY person`;

/** Pages that told nobody that they were closed; a row that another process has at hand is left to it. */
export const deleteOverViewers = (): Sql => sql`
  DELETE FROM tickets.viewers
   WHERE viewer_id IN (SELECT viewer_id FROM tickets.viewers WHERE until < now() FOR UPDATE SKIP LOCKED)`;

export const deleteViewer = ({ ticketId, viewerId, person }: Viewing): Sql => sql`
  DELETE FROM tickets.viewers
   WHERE viewer_id = ${viewerId}::uuid AND ticket_id = ${ticketId}::uuid AND person = ${person}::text`;
