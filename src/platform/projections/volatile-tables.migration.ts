import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Rows that hold what people wrote stand in a schema whose name begins with that of their projection's views, are not in backups nor
 * in the write-ahead log, and so may be gone while all else is there: after a crash, or in a restored backup. In the same schema
 * stands `rows_made`, whose one row is gone whenever the others are: `holds_rows` tells by it. What is gone counts as not yet made:
 * readers see position 0, and writers write nothing, until the rows are made anew.
 */
export class VolatileTables1796300000001 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      -- Where a generation's volatile tables are; NULL: they are durable, in the schema projection_<name>_<generation>.
      ALTER TABLE projections.generations ADD COLUMN volatile_schema text;

      CREATE FUNCTION projections.holds_rows(volatile_schema text) RETURNS boolean LANGUAGE plpgsql STABLE AS $$
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
      END $$;

      CREATE OR REPLACE VIEW projections.served AS
        SELECT name, generation, version,
               CASE WHEN projections.holds_rows(volatile_schema) THEN position ELSE 0 END AS position, recorded_at,
               (SELECT count(*)::integer FROM projections.dead_letters AS letter
                 WHERE letter.name = served.name AND letter.generation = served.generation) AS incomplete
          FROM projections.generations AS served
         WHERE state = 'serving';
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE OR REPLACE VIEW projections.served AS
        SELECT name, generation, version, position, recorded_at,
               (SELECT count(*)::integer FROM projections.dead_letters AS letter
                 WHERE letter.name = served.name AND letter.generation = served.generation) AS incomplete
          FROM projections.generations AS served
         WHERE state = 'serving';
      DROP FUNCTION projections.holds_rows;
      ALTER TABLE projections.generations DROP COLUMN volatile_schema;
    `);
  }
}
