import { sql, type Sql } from '../platform/database/sql.js';

/** The teams of a person as an array, for a condition on a team; NULL, which is no team, where they chose none. */
export const ownTeamsOf = (person: string): Sql =>
  sql`(SELECT teams FROM preferences.own_teams WHERE person = ${person}::text)::text[]`;

export const selectOwnTeams = (person: string): Sql => sql`
  SELECT teams FROM preferences.own_teams WHERE person = ${person}::text`;

export const upsertOwnTeams = (person: string, teams: readonly string[]): Sql => sql`
  INSERT INTO preferences.own_teams (person, teams) VALUES (${person}::text, ${teams}::text[])
      ON CONFLICT (person) DO UPDATE SET teams = excluded.teams, updated_at = now()`;
