import { Injectable } from '@nestjs/common';
import { Pool } from 'pg';
import { queryWithDeadline } from '../../platform/database/query-with-deadline.js';
import {
  deleteObjects,
  insertObject,
  recordEmptied,
  recordScan,
  selectErased,
  selectInfected,
  selectQuarantined,
  selectObjectStates,
  selectUnfinished,
  settleObject,
  type ObjectState,
  type StoredObject,
} from './object-statements.js';

/** What is known of the bytes in the store. Every call fails as unavailable where the database does not answer in time. */
@Injectable()
export class ObjectTable {
  constructor(private readonly pool: Pool) {}

  async begin(attachmentId: string, ticketId: string): Promise<void> {
    await queryWithDeadline(this.pool, insertObject(attachmentId, ticketId));
  }

  async settle(attachmentId: string, ticketId: string, state: ObjectState): Promise<void> {
    await queryWithDeadline(this.pool, settleObject(attachmentId, ticketId, state));
  }

  async delete(attachmentIds: readonly string[]): Promise<void> {
    await queryWithDeadline(this.pool, deleteObjects(attachmentIds));
  }

  async statesOf(ticketId: string): Promise<Map<string, ObjectState>> {
    const rows = await queryWithDeadline<{ attachment_id: string; state: ObjectState }>(
      this.pool,
      selectObjectStates(ticketId),
    );
    return new Map(rows.map(({ attachment_id: id, state }) => [id, state]));
  }

  unfinished(before: string, limit: number): Promise<StoredObject[]> {
    return queryWithDeadline<StoredObject>(this.pool, selectUnfinished(before, limit));
  }

  erased(limit: number): Promise<StoredObject[]> {
    return queryWithDeadline<StoredObject>(this.pool, selectErased(limit));
  }

  quarantined(limit: number): Promise<StoredObject[]> {
    return queryWithDeadline<StoredObject>(this.pool, selectQuarantined(limit));
  }

  /** What the scanner said: nothing, or what it calls what it found. */
  async scanned(attachmentId: string, finding: string | null): Promise<void> {
    await queryWithDeadline(this.pool, recordScan(attachmentId, finding));
  }

  infected(limit: number): Promise<StoredObject[]> {
    return queryWithDeadline<StoredObject>(this.pool, selectInfected(limit));
  }

  async emptied(attachmentId: string): Promise<void> {
    await queryWithDeadline(this.pool, recordEmptied(attachmentId));
  }
}
