import type { MigrationInterface, QueryRunner } from 'typeorm';

const holdsRows = (whenDropped: string): string => `
  CREATE OR REPLACE FUNCTION projections.holds_rows(volatile_schema text) RETURNS boolean LANGUAGE plpgsql STABLE AS $$
  DECLARE
    holds boolean := true;
  BEGIN
    IF volatile_schema IS NULL THEN
      RETURN true;
    END IF;
    IF to_regclass(format('%I.rows_made', volatile_schema)) IS NULL THEN
      RETURN false;
    END IF;
    EXECUTE format('SELECT EXISTS (SELECT FROM %I.rows_made)', volatile_schema) INTO holds;
    RETURN holds;
  ${whenDropped}
  END $$`;

/** A rebuild may drop a generation's tables between finding them and reading them: it then holds no rows, and no statement fails. */
export class DroppedGenerations1796600000001 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(holdsRows('EXCEPTION WHEN undefined_table OR invalid_schema_name THEN RETURN false;'));
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(holdsRows(''));
  }
}
