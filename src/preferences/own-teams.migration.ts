import type { MigrationInterface, QueryRunner } from 'typeorm';

/** The teams that a person says are theirs: no token says it. */
export class OwnTeams1796800000098 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE preferences.own_teams (
        person     text        PRIMARY KEY,
        teams      text[]      NOT NULL,
        updated_at timestamptz NOT NULL DEFAULT now()
      );
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE preferences.own_teams');
  }
}
