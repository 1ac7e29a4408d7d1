import { DatabaseError, type Pool } from 'pg';

const insufficientPrivilege = '42501';

/**
 * What identifies where a database is; each part may differ after a restore, a promotion or a copy: the cluster, its timeline and
 * the database in it. Where the files themselves are put back, the change time of PG_VERSION differs: that file is written once, and
 * no copy can keep a change time.
 */
const parts = [
  'SELECT system_identifier::text AS part FROM pg_control_system()',
  'SELECT left(pg_walfile_name(pg_current_wal_lsn()), 8) AS part',
  'SELECT oid::text AS part FROM pg_database WHERE datname = current_database()',
  "SELECT extract(epoch FROM change)::bigint::text AS part FROM pg_stat_file('PG_VERSION')",
];

/** The identity of the database's place, its parts joined by colons; a part that the role may not read is empty. */
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
