import type { MigrationInterface, QueryRunner } from 'typeorm';

/** One row for each day of an establishment on which something was counted; a day without a row counts zero. */
export class DailyFigures1795300000002 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE SCHEMA billets_quotidiens;
      CREATE TABLE billets_quotidiens.daily_figures (
        establishment     text    NOT NULL,
        day               date    NOT NULL,
        opened            integer NOT NULL,
        resolved          integer NOT NULL,
        resolved_same_day integer NOT NULL,
        reopened          integer NOT NULL,
        cancelled         integer NOT NULL,
        merged            integer NOT NULL,
        transferred_in    integer NOT NULL,
        transferred_out   integer NOT NULL,
        PRIMARY KEY (establishment, day)
      );
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP SCHEMA billets_quotidiens CASCADE');
  }
}

/** Drops the table: the projection engine makes one for each generation, and a view of the same name on the served generation. */
export class DailyFiguresOfTheEngine1795300000021 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query('DROP SCHEMA billets_quotidiens CASCADE');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP SCHEMA IF EXISTS billets_quotidiens CASCADE');
    await new DailyFigures1795300000002().up(runner);
  }
}
