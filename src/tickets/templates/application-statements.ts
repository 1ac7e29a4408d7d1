import { sql, type Sql } from '../../platform/database/sql.js';

interface ApplicationKey {
  person: string;
  commandId: string;
}

export const selectApplication = ({ person, commandId }: ApplicationKey): Sql => sql`
  SELECT template_id, content FROM preferences.applications
   WHERE person = ${person}::text AND command_id = ${commandId}::uuid`;

/** No row where the same application was recorded meanwhile. */
export const insertApplication = (
  { person, commandId }: ApplicationKey,
  templateId: string,
  content: object,
): Sql => sql`
  INSERT INTO preferences.applications (person, command_id, template_id, content)
  VALUES (${person}::text, ${commandId}::uuid, ${templateId}::uuid, ${JSON.stringify(content)}::jsonb)
      ON CONFLICT DO NOTHING`;

export const deleteOldApplications = (days: number): Sql => sql`
  DELETE FROM preferences.applications WHERE applied_at < now() - make_interval(days => ${days}::integer)`;
