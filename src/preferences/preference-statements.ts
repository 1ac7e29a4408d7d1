import type { Principal } from '../access/index.js';
import { empty, shared, sql, type Sql } from '../platform/database/sql.js';
import type { Audience } from './audience.js';
import type { KeptPlace, PreferenceKind } from './kept.js';

const codesOf = (establishments: Audience['establishments'] | Principal['establishments']) =>
  establishments === 'all' ? null : [...establishments];

/**
 * The condition that the principal may see a row. Sharing with the people of no establishment is sharing with nobody: the empty set is part
 * of every other.
 */
const isVisible = ({ id, roles, establishments }: Principal): Sql => {
  const mine = shared(codesOf(establishments));
  return sql`(author = ${id}::text OR shared AND roles && ${roles}::text[]
    AND (${mine}::text[] IS NULL OR establishments <@ ${mine}::text[])
    AND (establishments IS NULL OR cardinality(establishments) > 0))`;
};

const columns = ({ id }: Principal): Sql => sql`
  id, number, author, author = ${id}::text AS is_mine, shared, roles, establishments, revision, content, updated_at`;

/** One's own first, then those of others, each in the order in which they were first kept. */
export const selectKept = (
  kind: PreferenceKind,
  principal: Principal,
  { after, limit }: { after: KeptPlace | undefined; limit: number },
): Sql => sql`
  SELECT *, true AS is_visible
    FROM (SELECT ${columns(principal)} FROM preferences.kept
           WHERE kind = ${kind}::text AND ${isVisible(principal)}) AS kept
   ${after ? sql`WHERE (NOT is_mine, number) > (${after.others}::boolean, ${after.number}::bigint)` : empty}
   ORDER BY NOT is_mine, number LIMIT ${limit}::integer`;

export const selectKeptById = (kind: PreferenceKind, id: string, principal: Principal): Sql => sql`
  SELECT ${columns(principal)}, ${isVisible(principal)} AS is_visible
    FROM preferences.kept WHERE kind = ${kind}::text AND id = ${id}::uuid`;

/** What one person keeps is written in turns: only so can it be counted. */
export const lockAuthor = (author: string): Sql =>
  sql`SELECT pg_advisory_xact_lock(hashtextextended(${author}::text, 1796700000089))`;

export const countKept = (kind: PreferenceKind, author: string): Sql => sql`
  SELECT count(*)::integer AS count FROM preferences.kept WHERE kind = ${kind}::text AND author = ${author}::text`;

interface Writing {
  kind: PreferenceKind;
  id: string;
  content: object;
  audience: Audience;
}

/** No row where somebody else took the id meanwhile. */
export const insertKept = ({ kind, id, content, audience }: Writing, principal: Principal): Sql => sql`
  INSERT INTO preferences.kept (kind, id, author, content, shared, roles, establishments)
  VALUES (${kind}::text, ${id}::uuid, ${principal.id}::text, ${JSON.stringify(content)}::jsonb,
          ${audience.shared}::boolean, ${audience.roles}::text[], ${codesOf(audience.establishments)}::text[])
      ON CONFLICT DO NOTHING
  RETURNING ${columns(principal)}, true AS is_visible`;

export const updateKept = ({ kind, id, content, audience }: Writing, principal: Principal): Sql => sql`
  UPDATE preferences.kept
     SET content = ${JSON.stringify(content)}::jsonb, shared = ${audience.shared}::boolean, roles = ${audience.roles}::text[],
         establishments = ${codesOf(audience.establishments)}::text[], revision = revision + 1, updated_at = now()
   WHERE kind = ${kind}::text AND id = ${id}::uuid AND author = ${principal.id}::text
  RETURNING ${columns(principal)}, true AS is_visible`;

export const deleteKept = (kind: PreferenceKind, id: string, author: string): Sql => sql`
  DELETE FROM preferences.kept WHERE kind = ${kind}::text AND id = ${id}::uuid AND author = ${author}::text`;
