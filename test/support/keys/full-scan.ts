import type { TestDatabase } from '../database/database.js';

/**
 * Every row of every table there is, PostgreSQL's own catalogue and statistics included, as text: once as people read it, and with what
 * is kept as bytes in hexadecimal. The write-ahead log, and versions of rows that no statement can see any more, are out of reach.
 */
export const fullScanOf = async (database: TestDatabase): Promise<string> => {
  const tables = await database.query<{ name: string }>(
    `SELECT c.oid::regclass::text AS name FROM pg_class AS c
      WHERE c.relkind IN ('r', 'm', 'p') ORDER BY 1`,
  );
  const scans: string[] = [];
  for (const { name } of tables) {
    const [scan] = await database.query<{ rows: string | null }>(
      `SELECT string_agg(t::text, E'\n') AS rows FROM ${name} AS t`,
    );
    scans.push(`${name}\n${scan?.rows ?? ''}`);
  }
  return scans.join('\n');
};

/** Which of the words stand somewhere in a scan, also as bytes. */
export const wordsIn = (scan: string, words: readonly string[]): string[] => {
  const folded = scan.toLowerCase();
  return words.filter((word) => {
    const lower = word.toLowerCase();
    const hex = [word, lower].map((form) => Buffer.from(form).toString('hex'));
    return [lower, ...hex].some((form) => folded.includes(form));
  });
};
