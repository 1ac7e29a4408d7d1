import type { MigrationInterface, QueryRunner } from 'typeorm';
import { createExtensions } from '../../../platform/database/suitability/extensions.js';

/**
 * How texts are read for the search: `words` as they are written, for prefixes and typing errors, and by their stems in both
 * languages; accents never matter.
 */
export class Search1795300000040 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await createExtensions(runner, ['unaccent', 'pg_trgm']);
    await runner.query('CREATE SCHEMA IF NOT EXISTS desk');
    for (const [name, copied, dictionary] of [
      ['words', 'simple', 'simple'],
      ['french', 'french', 'french_stem'],
      ['english', 'english', 'english_stem'],
    ]) {
      await runner.query(`
        CREATE TEXT SEARCH CONFIGURATION desk.${name} (COPY = pg_catalog.${copied});
        ALTER TEXT SEARCH CONFIGURATION desk.${name}
          ALTER MAPPING FOR hword, hword_part, word WITH unaccent, ${dictionary};
      `);
    }
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TEXT SEARCH CONFIGURATION desk.words, desk.french, desk.english');
  }
}
