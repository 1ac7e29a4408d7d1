import type { Pool } from 'pg';
import { queryWithDeadline } from '../../../platform/database/query-with-deadline.js';
import type { Access } from '../access.js';
import { appendAccesses } from './access-statements.js';

/** Adds accesses to the log, in their order. Fails as unavailable where the database does not answer in time. */
export const writeAccesses = async (pool: Pool, accesses: readonly Access[]): Promise<void> => {
  await queryWithDeadline(pool, appendAccesses(accesses), { name: 'access-log-append' });
};
