import type { MigrationInterface, QueryRunner } from 'typeorm';

/** With what templates were applied, so that an application that is sent again says the same: what they were, and names that may change. */
export class TemplateApplications1796700000090 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE preferences.applications (
        person      text        NOT NULL,
        command_id  uuid        NOT NULL,
        template_id uuid        NOT NULL,
        -- The template as it was, the ids of the tickets, and the names of each that texts are filled with; no text of a ticket.
        content     jsonb       NOT NULL,
        applied_at  timestamptz NOT NULL DEFAULT now(),
        PRIMARY KEY (person, command_id)
      );
      CREATE INDEX applications_applied_at ON preferences.applications (applied_at);
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE preferences.applications');
  }
}
