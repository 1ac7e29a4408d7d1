import type { MigrationInterface, QueryRunner } from 'typeorm';

/** The words of a ticket's texts as an index finds them that looks at one band of tickets at a time. */
export class SearchBands1795300000050 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    // No word has a line break in it.
    await runner.query(`
      CREATE FUNCTION desk.in_band(band integer, words tsvector) RETURNS tsvector
        LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
        RETURN array_to_tsvector(string_to_array(
          band || '/' || array_to_string(tsvector_to_array(words), E'\\n' || band || '/'), E'\\n'))
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP FUNCTION desk.in_band');
  }
}
