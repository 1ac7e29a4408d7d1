import { DatabaseError, type Pool } from 'pg';

const insufficientPrivilege = '42501';

/**
 * Each is another after a restore, a promotion or a copy: the cluster, its timeline, the database in it; and, where the files
 * themselves are put back, when the first of them was put there, which is written once and whose change time no copy can keep.
 */
const parts = [
  'SELECT system_identifier::text AS part FROM pg_control_system()',
  'SELECT left(pg_walfile_name(pg_current_wal_lsn()), 8) AS part',
  'SELECT oid::text AS part FROM pg_database WHERE datname = current_database()',
  "SELECT extract(epoch FROM change)::bigint::text AS part FROM pg_stat_file('PG_VERSION')",
];

/** Where the database is, as far as the role may know. */
export const placeOf = async (pool: Pool): Promise<string> => {
  const found: string[] = [];
  for (const part of parts) found.push(await read(pool, part));
  return found.join(':');
};

const read = async (pool: Pool, text: string): Promise<string> => {
  try {
    const { rows } = await pool.query<{ part: string }>(text);
    return rows[0]?.part ?? '';
  } catch (error) {
    if (error instanceof DatabaseError && error.code === insufficientPrivilege) return '';
    throw error;
  }
};
