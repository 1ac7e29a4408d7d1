import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * The tables of the projection engine. A generation is one set of a projection's rows, made from the first event on, in tables of its
 * own; at most one generation is served, and at most one is being built.
 */
export class ProjectionEngine1795300000020 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DROP TABLE projections.checkpoints;

      CREATE TABLE projections.generations (
        name         text        NOT NULL,
        generation   integer     NOT NULL,
        version      integer     NOT NULL,
        state        text        NOT NULL CHECK (state IN ('building', 'serving', 'retired', 'cancelled')),
        position     bigint      NOT NULL DEFAULT 0,
        recorded_at  timestamptz,
        epoch        bigint      NOT NULL DEFAULT 0,
        leader       text,
        lease_until  timestamptz,
        rate         real        NOT NULL DEFAULT 0,
        batch_size   integer     NOT NULL DEFAULT 0,
        last_error   text,
        verification jsonb,
        created_at   timestamptz NOT NULL DEFAULT now(),
        ended_at     timestamptz,
        PRIMARY KEY (name, generation)
      );
      CREATE UNIQUE INDEX one_serving ON projections.generations (name) WHERE state = 'serving';
      CREATE UNIQUE INDEX one_building ON projections.generations (name) WHERE state = 'building';

      CREATE TABLE projections.dead_letters (
        id                 bigint      GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
        name               text        NOT NULL,
        generation         integer     NOT NULL,
        stream             text        NOT NULL,
        revision           integer     NOT NULL,
        position           bigint      NOT NULL,
        event_type         text        NOT NULL,
        error              text        NOT NULL,
        attempts           integer     NOT NULL,
        waiting            integer     NOT NULL DEFAULT 0,
        failed_at          timestamptz NOT NULL DEFAULT now(),
        retry_requested_at timestamptz,
        UNIQUE (name, generation, stream),
        FOREIGN KEY (name, generation) REFERENCES projections.generations ON DELETE CASCADE
      );

      CREATE VIEW projections.served AS
        SELECT name, generation, version, position, recorded_at,
               (SELECT count(*)::integer FROM projections.dead_letters AS letter
                 WHERE letter.name = served.name AND letter.generation = served.generation) AS incomplete
          FROM projections.generations AS served
         WHERE state = 'serving';
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DROP VIEW projections.served;
      DROP TABLE projections.dead_letters, projections.generations;
      CREATE TABLE projections.checkpoints (
        name        text        NOT NULL,
        version     integer     NOT NULL,
        position    bigint      NOT NULL DEFAULT 0,
        recorded_at timestamptz,
        updated_at  timestamptz NOT NULL DEFAULT now(),
        PRIMARY KEY (name, version)
      );
    `);
  }
}
