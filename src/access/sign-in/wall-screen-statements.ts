import { sql, type Sql } from '../../platform/database/sql.js';
import { wallScreen } from '../permissions.js';

/** A screen that is to be let in, and who lets it in. */
interface NewScreen {
  label: string;
  by: string;
  lifetimeSeconds: number;
  claimableMinutes: number;
}

export interface ScreenRow {
  id: Buffer;
  label: string;
  made_by: string;
  began_at: Date;
  ends_at: Date;
  is_showing: boolean;
}

export const insertScreen = (
  id: Buffer,
  { label, by, lifetimeSeconds, claimableMinutes }: NewScreen,
): Sql => sql`
  INSERT INTO access.sessions (id, kind, person, roles, establishments, ends_at, label, made_by, claimable_until)
  VALUES (${id}, 'wall-screen', ${`${wallScreen}:${label}`}, ${[wallScreen]}, '{}',
          now() + make_interval(secs => ${lifetimeSeconds}), ${label}, ${by},
          now() + make_interval(mins => ${claimableMinutes}))`;

/** Its condition lets a code in once: what read first would let two screens in. */
export const claimScreen = (codeId: Buffer, id: Buffer): Sql => sql`
  UPDATE access.sessions SET id = ${id}, claimable_until = NULL
   WHERE id = ${codeId} AND kind = 'wall-screen' AND claimable_until > now() RETURNING id`;

export const selectScreens = (): Sql => sql`
  SELECT id, label, made_by, began_at, ends_at, claimable_until IS NULL AS is_showing
    FROM access.sessions
   WHERE kind = 'wall-screen' AND ends_at > now() AND (claimable_until IS NULL OR claimable_until > now())
   ORDER BY began_at DESC, id`;

export const deleteScreen = (id: Buffer): Sql =>
  sql`DELETE FROM access.sessions WHERE id = ${id} AND kind = 'wall-screen'`;
