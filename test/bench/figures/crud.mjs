/**
 * @import pg from 'pg'
 * @import { Read } from './reads.mjs'
 * @import { Turns } from './turns.mjs'
 */

/**
 * Makes the table of a system without events: one row per ticket, with its current state and the indexes that its reports need. It is
 * made of the same tickets, so that it counts the same.
 * @param {pg.Pool} pool
 */
export const makeTickets = async (pool) => {
  await pool.query(`
    DROP SCHEMA IF EXISTS crud CASCADE;
    CREATE SCHEMA crud;
    CREATE TABLE crud.tickets AS
      SELECT DISTINCT ON (spell.ticket_id)
             spell.ticket_id, spell.establishment, spell.priority, spell.opened_at, spell.until_at AS ended_at,
             CASE WHEN entry.figure = 'resolved' THEN spell.until_at END AS resolved_at,
             coalesce(entry.figure, 'open') AS status, opening.data->>'title' AS title, opening.data->>'category' AS category
        FROM billets_quotidiens.activity_spells AS spell
        JOIN event_store.events AS opening ON opening.position = spell.from_position
        LEFT JOIN billets_quotidiens.figure_entries AS entry
          ON (entry.ticket_id, entry.position) = (spell.ticket_id, spell.until_position)
         AND entry.figure IN ('resolved', 'cancelled', 'merged')
       ORDER BY spell.ticket_id, spell.from_revision DESC;
    ALTER TABLE crud.tickets ADD PRIMARY KEY (ticket_id);
    CREATE INDEX ON crud.tickets (opened_at);
    CREATE INDEX ON crud.tickets (ended_at);`);
};

const days = `
  SELECT establishment, (opened_at AT TIME ZONE 'America/Toronto')::date AS day,
         count(*) AS opened, 0 AS resolved, 0 AS ended,
         count(*) FILTER (WHERE (resolved_at AT TIME ZONE 'America/Toronto')::date
                              = (opened_at AT TIME ZONE 'America/Toronto')::date) AS same_day
    FROM crud.tickets WHERE opened_at >= $1 AND opened_at < $2 GROUP BY 1, 2
   UNION ALL
  SELECT establishment, (ended_at AT TIME ZONE 'America/Toronto')::date, 0, count(resolved_at), count(*), 0
    FROM crud.tickets WHERE ended_at >= $1 AND ended_at < $2 GROUP BY 1, 2`;

/** The figures of the days from instant $1 to instant $2, and the backlog at the end of each day. */
const figures = `
  WITH counted AS (
    SELECT establishment, day, sum(opened) AS opened, sum(resolved) AS resolved, sum(ended) AS ended,
           sum(same_day) AS same_day
      FROM (${days}) AS days GROUP BY 1, 2
  ), before AS (
    SELECT establishment, count(*) AS backlog
      FROM crud.tickets WHERE opened_at < $1 AND (ended_at IS NULL OR ended_at >= $1) GROUP BY 1
  )
  SELECT establishment, day, opened, resolved, same_day,
         coalesce(before.backlog, 0) + sum(opened - ended) OVER (PARTITION BY establishment ORDER BY day) AS backlog
    FROM counted LEFT JOIN before USING (establishment)`;

const backlog = `
  SELECT establishment, priority,
         CASE WHEN opened_at > $1::timestamptz - interval '24 hours' THEN 'lt1d'
              WHEN opened_at > $1::timestamptz - interval '72 hours' THEN 'd1to3'
              WHEN opened_at > $1::timestamptz - interval '168 hours' THEN 'd3to7'
              ELSE 'gt7d' END AS age, count(*)
    FROM crud.tickets
   WHERE opened_at <= $1 AND (ended_at IS NULL OR ended_at > $1)
   GROUP BY 1, 2, 3`;

/**
 * The same reads over the table of tickets. It can't tell what was known at another time, so reads as of another time are compared with
 * its answer of now.
 * @param {pg.Pool} pool
 * @param {Turns} turns
 * @returns {Record<string, Read>}
 */
export const makeCrudReads = (pool, { dayAt, startOf, instantAt }) => {
  /** @type {(from: number, to: number) => Promise<unknown>} */
  const between = (from, to) =>
    pool.query({ name: 'crud-figures', text: figures, values: [startOf(from), startOf(to)] });
  /** @type {Read} */
  const day = (turn) => between(dayAt(turn), dayAt(turn) + 1);
  /** @type {Read} */
  const days31 = (turn) => between(dayAt(turn), dayAt(turn) + 31);
  return {
    'a day': day,
    '31 days': days31,
    'a day as of a position': day,
    'a day as of an instant': day,
    '31 days as of a position': days31,
    'backlog at an instant': (turn) =>
      pool.query({ name: 'crud-backlog', text: backlog, values: [instantAt(turn)] }),
  };
};
