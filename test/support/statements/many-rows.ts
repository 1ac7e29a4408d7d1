import type { ProjectionBed } from '../projections/projections.js';

/** Inserts tens of thousands of rows into every table that requests read, spread as in a network whose first day was 2026-01-01. */
export const insertManyRows = async ({ query }: Pick<ProjectionBed, 'query'>): Promise<void> => {
  for (const statement of statements) await query(statement);
  await query('ANALYZE');
};

const rows = 20_000;
const id = `('00000000-0000-7000-8000-' || lpad(n::text, 12, '0'))::uuid`;
const establishment = `(ARRAY['CHQ', 'MTL'] || (SELECT array_agg('E' || e) FROM generate_series(1, 38) AS e))[1 + n % 40]`;
const at = `'2026-01-01T12:00:00Z'::timestamptz + n * interval '20 minutes'`;
const of = (count: number): string => `FROM generate_series(1, ${count}) AS n`;

const statements = [
  `INSERT INTO event_store.events (position, stream, revision, event_id, type, data, metadata, recorded_at, hash)
   SELECT n, 'ticket-' || n % 2000, 1 + n / 2000, ${id}, 'TicketOpened', '{}', '{}', ${at}, '\\x00' ${of(rows)}`,
  `UPDATE event_store.head SET position = ${rows}, recorded_at = now()`,
  `INSERT INTO desk.tickets (ticket_id, establishment, title, category, priority, status, opened_at, opened_day, links, updated_at,
          revision, position, attachments)
   SELECT ${id}, ${establishment}, 'Imprimante', 'impression', 'P' || 1 + n / 40 % 3, CASE WHEN n / 40 % 20 = 0 THEN 'open' ELSE 'closed' END,
          ${at}, (${at})::date, '[]', ${at}, 1, n, 0 ${of(rows * 5)}`,
  `INSERT INTO desk.departures (ticket_id, establishment, position) SELECT ${id}, ${establishment}, n ${of(rows / 10)}`,
  `INSERT INTO desk.ticket_texts (ticket_id, part, split, opened, band, heading, body, notes, internal_notes, words, length, bytes)
   SELECT ${id}, 0, false, ${at}, floor(extract(epoch FROM ${at}) / 604800), '', '', '', '',
          array_to_tsvector(ARRAY['imprimante', 'w' || n % 5000]), 1, 1 ${of(rows)}`,
  `INSERT INTO desk.known_words (word) SELECT left(md5(n::text), 8) ${of(rows * 5)} ON CONFLICT DO NOTHING`,
  `INSERT INTO tickets.relations (ticket_id, related, other_id, position) SELECT ${id}, 'parent', gen_random_uuid(), n ${of(rows)}`,
  `INSERT INTO billets_quotidiens.daily_figures
   SELECT 'E' || e, '2026-01-01'::date + d, 1, 1, 0, 0, 0, 0, 0, 0 FROM generate_series(0, 39) AS e, generate_series(0, 280) AS d`,
  `INSERT INTO billets_quotidiens.figure_entries (ticket_id, position, figure, delta, establishment, time_zone, day, occurred_at,
          recorded_at, first_of_day, first_of_establishment)
   SELECT ${id}, n, 'opened', 1, ${establishment}, 'America/Toronto', (${at})::date, ${at}, ${at}, true, true ${of(rows)}`,
  `INSERT INTO billets_quotidiens.recorded_figures (establishment, time_zone, day, recorded_day, opened, resolved, resolved_same_day,
          reopened, cancelled, merged, transferred_in, transferred_out, events, events_of_day, late_events, late_events_of_day,
          first_position, last_position, first_recorded_at, last_recorded_at)
   SELECT establishment, time_zone, day, day, count(*), 0, 0, 0, 0, 0, 0, 0, count(*), count(*), 0, 0, min(position), max(position),
          min(recorded_at), max(recorded_at)
     FROM billets_quotidiens.figure_entries GROUP BY 1, 2, 3`,
  `INSERT INTO billets_quotidiens.recorded_months
   SELECT establishment, time_zone, date_trunc('month', day), date_trunc('month', day), sum(opened), 0, 0, 0, 0, 0, 0, 0, sum(events),
          sum(events), 0, 0, min(first_position), max(last_position), min(first_recorded_at), max(last_recorded_at)
     FROM billets_quotidiens.recorded_figures GROUP BY 1, 2, 3`,
  `INSERT INTO billets_quotidiens.activity_spells (ticket_id, from_revision, establishment, priority, reprioritized, opened_at,
          from_position, from_day, from_at, from_recorded_at, until_position, until_day, until_at)
   SELECT ${id}, 1, ${establishment}, 'P3', n % 50 = 0, ${at}, n, (${at})::date, ${at}, ${at}, n + 9, (${at})::date,
          ${at} + interval '3 hours' ${of(rows)}`,
  `INSERT INTO billets_quotidiens.activity_spells (ticket_id, from_revision, establishment, priority, reprioritized, opened_at,
          from_position, from_day, from_at, from_recorded_at)
   SELECT ${id}, 2, ${establishment}, 'P3', false, ${at}, ${rows} + n, (${at})::date, ${at}, ${at} ${of(rows / 10)}`,
  `INSERT INTO audit.accesses (position, at, person, roles, action, ticket_ids, establishments, count, client, address, refused, hash)
   SELECT n, ${at}, 'person-' || n % 300, '{agent}', CASE WHEN n % 1000 = 0 THEN 'many-tickets' ELSE 'list' END,
          (SELECT array_agg(('00000000-0000-7000-8000-' || lpad(((n * 7 + t) % 20000)::text, 12, '0'))::uuid) FROM generate_series(1, 20) AS t),
          '{}', 20, 'bureau', '10.0.0.7', false, '\\x00' ${of(rows)}`,
  `INSERT INTO billets_quotidiens.priority_changes SELECT ${id}, n + 1, ${at}, 'P1' ${of(rows)}`,
  `INSERT INTO reports.versions (ticket_id, from_position, until_position, recorded_at, opened_position, opened_day, opened_at,
          opened_establishment, establishment, team, category, responded_at)
   SELECT ${id}, n + v * 5, CASE WHEN v < 3 THEN n + v * 5 + 5 END, ${at}, n, (${at})::date, ${at}, ${establishment}, ${establishment},
          'team-' || n % 60, 'acces', CASE WHEN v > 0 THEN ${at} + interval '1 hour' END ${of(rows)}, generate_series(0, 3) AS v`,
  `INSERT INTO reports.resolutions (ticket_id, position, establishment, resolved_day, resolved_at, opened_at)
   SELECT ${id}, n + 9, ${establishment}, (${at})::date, ${at} + interval '3 hours', ${at} ${of(rows)}`,
  `INSERT INTO reports.spells (ticket_id, from_position, until_position, establishment, time_zone, opened_at, from_day, until_day)
   SELECT ${id}, n, n + 9, ${establishment}, 'America/Toronto', ${at}, (${at})::date, (${at})::date + n % 3 ${of(rows)}`,
];
