import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * The bytes that are in the store, and what is known of them beside the log: those of an upload that never got its event are found here
 * and deleted, so are those of an erased ticket after a crash, and what the virus scanner said stands here.
 */
export class Attachments1796700000001 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE SCHEMA attachments;

      CREATE TABLE attachments.objects (
        attachment_id uuid        PRIMARY KEY,
        ticket_id     uuid        NOT NULL,
        created_at    timestamptz NOT NULL DEFAULT clock_timestamp(),
        state         text        NOT NULL CHECK (state IN ('uploading', 'quarantined', 'available', 'infected')),
        scanned_at    timestamptz,
        -- What the scanner calls it.
        finding       text,
        -- When the bytes of what is infected were deleted.
        emptied_at    timestamptz
      );
      CREATE INDEX objects_of_ticket ON attachments.objects (ticket_id);
      CREATE INDEX unfinished_objects ON attachments.objects (created_at) WHERE state = 'uploading';
      CREATE INDEX quarantined_objects ON attachments.objects (created_at) WHERE state = 'quarantined';
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP SCHEMA attachments CASCADE');
  }
}
