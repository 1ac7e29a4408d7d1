import type { Reader } from '../../platform/database/one-snapshot.js';

/** What to look for, as PostgreSQL's `tsquery`. */
export interface Question {
  /** The words asked for. */
  exact: string;
  /** Those, and what comes near them; the same where nothing does. */
  wide: string;
}

/**
 * Each term as a prefix and by its stem in both languages: that is exact. Wide are those and, of the five words most like it, the
 * ones that do not begin with it. Words that say nothing («de», «the») are left out, unless there are no others. Null where nothing
 * remains.
 */
const understand = `
  WITH term AS (
    SELECT number,
           to_tsquery('desk.words', term || ':*') || plainto_tsquery('desk.french', term) || plainto_tsquery('desk.english', term) AS exact,
           numnode(plainto_tsquery('desk.french', term)) = 0 OR numnode(plainto_tsquery('desk.english', term)) = 0 AS common,
           coalesce(alike.words, '') AS alike
      FROM unnest($1::text[]) WITH ORDINALITY AS given(term, number)
      LEFT JOIN LATERAL (
        SELECT string_agg(quote_literal(word), ' | ') FILTER (WHERE NOT starts_with(word, unaccent(term))) AS words FROM (
          SELECT word FROM desk.known_words
           WHERE length(term) >= 4 AND word % unaccent(term) AND similarity(word, unaccent(term)) >= 0.4
           ORDER BY similarity(word, unaccent(term)) DESC, word LIMIT 5
        ) AS nearest
      ) AS alike ON true
  )
  SELECT string_agg('(' || exact::text || ')', ' & ' ORDER BY number) AS exact,
         string_agg('(' || (exact || alike::tsquery)::text || ')', ' & ' ORDER BY number) AS wide
    FROM term
   WHERE numnode(exact) > 0 AND (NOT common OR NOT EXISTS (SELECT FROM term WHERE NOT common))`;

/** Undefined where the terms ask for nothing. */
export const understood = async (client: Reader, terms: readonly string[]): Promise<Question | undefined> => {
  const { rows } = await client.query<Question | { exact: null; wide: null }>({
    name: 'search-understand',
    text: understand,
    values: [terms],
  });
  const [question] = rows;
  return question?.wide ? question : undefined;
};
