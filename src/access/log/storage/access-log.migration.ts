import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Who saw which tickets. Rows are added and nothing else: triggers refuse the rest, and each row's hash covers the one before it, so
 * that a row that was changed or taken out all the same shows. Positions are handed out under the lock of the single row of
 * `access_head`, which is held until the commit: however many processes add rows, the chain has one order, without gaps.
 */
export class AccessLog1796200000001 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const statement of [tables, appendOnly, digest, append]) await runner.query(statement);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP SCHEMA audit CASCADE');
  }
}

const tables = `
  CREATE SCHEMA audit;

  CREATE TABLE audit.accesses (
    position       bigint      PRIMARY KEY,
    at             timestamptz NOT NULL,
    person         text        NOT NULL,
    roles          text[]      NOT NULL,
    action         text        NOT NULL,
    -- The tickets that were shown, and where each was then, if that was shown too.
    ticket_ids     uuid[]      NOT NULL,
    establishments text[]      NOT NULL,
    -- How many tickets; of an alert, how many tickets or refusals there were.
    count          integer     NOT NULL,
    client         text        NOT NULL,
    address        text        NOT NULL,
    purpose        text,
    refused        boolean     NOT NULL,
    hash           bytea       NOT NULL
  );
  CREATE INDEX accesses_at ON audit.accesses (at, position);
  CREATE INDEX accesses_person ON audit.accesses (person, at, position);
  -- A long list of what is not in the index yet would make reading by it slow.
  CREATE INDEX accesses_tickets ON audit.accesses USING gin (ticket_ids) WITH (gin_pending_list_limit = 256);
  CREATE INDEX accesses_alerts ON audit.accesses (at, position) WHERE action IN ('many-tickets', 'many-refusals');

  CREATE TABLE audit.access_head (
    singleton boolean PRIMARY KEY DEFAULT true CHECK (singleton),
    position  bigint  NOT NULL,
    hash      bytea   NOT NULL
  );
  INSERT INTO audit.access_head (position, hash) VALUES (0, decode(repeat('00', 32), 'hex'));
`;

const appendOnly = `
  CREATE FUNCTION audit.refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
  BEGIN
    RAISE EXCEPTION 'the access log is append-only: % is refused', TG_OP USING ERRCODE = 'insufficient_privilege';
  END $$;
  CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON audit.accesses
    FOR EACH STATEMENT EXECUTE FUNCTION audit.refuse_change();
  CREATE TRIGGER never_without_head BEFORE DELETE OR TRUNCATE ON audit.access_head
    FOR EACH STATEMENT EXECUTE FUNCTION audit.refuse_change();
`;

// As the log's own chain (log-chain.migration.ts): fields parted by the record separator, which none of them can hold.
const digest = `
  CREATE FUNCTION audit.digest_of(access audit.accesses) RETURNS bytea LANGUAGE sql STABLE AS $$
    SELECT sha256(convert_to(concat_ws(
      E'\\x1e', access.position::text, (extract(epoch FROM access.at) * 1000)::bigint::text, access.person,
      access.roles::text, access.action, access.ticket_ids::text, access.establishments::text, access.count::text,
      access.client, access.address, coalesce(access.purpose, ''), access.refused::text), 'UTF8'))
  $$;
`;

// Lists of lists differ in length, which unnest can't take: each inner one is the text of an array.
const append = `
  CREATE FUNCTION audit.append_accesses(
    ats timestamptz[], people text[], roles text[], actions text[], tickets text[], establishments text[],
    counts integer[], clients text[], addresses text[], purposes text[], refusals boolean[]
  ) RETURNS bigint LANGUAGE plpgsql AS $$
  DECLARE
    head_position bigint;
    head_hash bytea;
  BEGIN
    SELECT head.position, head.hash INTO head_position, head_hash FROM audit.access_head AS head FOR UPDATE;
    WITH placed AS (
      SELECT (head_position + a.n, date_trunc('milliseconds', a.at), a.person, a.roles::text[], a.action,
              a.tickets::uuid[], a.establishments::text[], a.count, a.client, a.address, a.purpose, a.refused,
              NULL)::audit.accesses AS access
        FROM unnest(ats, people, roles, actions, tickets, establishments, counts, clients, addresses, purposes, refusals)
             WITH ORDINALITY
          AS a(at, person, roles, action, tickets, establishments, count, client, address, purpose, refused, n)
    ), added AS (
      INSERT INTO audit.accesses
      SELECT (access).position, (access).at, (access).person, (access).roles, (access).action, (access).ticket_ids,
             (access).establishments, (access).count, (access).client, (access).address, (access).purpose,
             (access).refused,
             event_store.chain(head_hash, audit.digest_of(access)) OVER (ORDER BY (access).position)
        FROM placed
      RETURNING accesses.position, accesses.hash
    ), newest AS (
      SELECT added.position, added.hash FROM added ORDER BY added.position DESC LIMIT 1
    )
    UPDATE audit.access_head AS head SET position = newest.position, hash = newest.hash
      FROM newest RETURNING head.position INTO head_position;
    RETURN head_position;
  END $$;
`;
