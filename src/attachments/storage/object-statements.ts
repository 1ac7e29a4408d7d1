import { sql, type Sql } from '../../platform/database/sql.js';

/** `uploading` has no event yet; `infected` has no bytes any more. */
export type ObjectState = 'uploading' | 'quarantined' | 'available' | 'infected';

export interface StoredObject {
  attachment_id: string;
  ticket_id: string;
}

export const insertObject = (attachmentId: string, ticketId: string): Sql => sql`
  INSERT INTO attachments.objects (attachment_id, ticket_id, state)
  VALUES (${attachmentId}::uuid, ${ticketId}::uuid, 'uploading')`;

/** Also where the row is missing: the log may be newer than this table. What was found to be infected stays so. */
export const settleObject = (attachmentId: string, ticketId: string, state: ObjectState): Sql => sql`
  INSERT INTO attachments.objects AS object (attachment_id, ticket_id, state)
  VALUES (${attachmentId}::uuid, ${ticketId}::uuid, ${state}::text)
      ON CONFLICT (attachment_id) DO UPDATE SET state = excluded.state WHERE object.state = 'uploading'`;

export const deleteObjects = (attachmentIds: readonly string[]): Sql =>
  sql`DELETE FROM attachments.objects WHERE attachment_id = ANY(${attachmentIds}::uuid[])`;

export const selectObjectStates = (ticketId: string): Sql => sql`
  SELECT attachment_id, state FROM attachments.objects WHERE ticket_id = ${ticketId}::uuid`;

/** Uploads that began before an instant and have no event yet, as far as is known here. */
export const selectUnfinished = (before: string, limit: number): Sql => sql`
  SELECT attachment_id, ticket_id FROM attachments.objects
   WHERE state = 'uploading' AND created_at < ${before}::timestamptz ORDER BY created_at LIMIT ${limit}`;

/** Files of tickets whose texts are erased, which a crash has left. */
export const selectErased = (limit: number): Sql => sql`
  SELECT object.attachment_id, object.ticket_id FROM attachments.objects AS object
   WHERE EXISTS (SELECT FROM tickets.erasures AS erased WHERE erased.ticket_id = object.ticket_id) LIMIT ${limit}`;

/** Files that wait for the scanner. */
export const selectQuarantined = (limit: number): Sql => sql`
  SELECT attachment_id, ticket_id FROM attachments.objects
   WHERE state = 'quarantined' ORDER BY created_at LIMIT ${limit}`;

export const recordScan = (attachmentId: string, finding: string | null): Sql => sql`
  UPDATE attachments.objects
     SET state = CASE WHEN ${finding}::text IS NULL THEN 'available' ELSE 'infected' END, scanned_at = clock_timestamp(),
         finding = ${finding}::text
   WHERE attachment_id = ${attachmentId}::uuid AND state = 'quarantined'`;

export const selectInfected = (limit: number): Sql => sql`
  SELECT attachment_id, ticket_id FROM attachments.objects
   WHERE state = 'infected' AND emptied_at IS NULL LIMIT ${limit}`;

export const recordEmptied = (attachmentId: string): Sql => sql`
  UPDATE attachments.objects SET emptied_at = clock_timestamp() WHERE attachment_id = ${attachmentId}::uuid`;
