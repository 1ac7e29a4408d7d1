-- Makes the server's two roles in the database: the owner of what is in it, which migrates, and the application, which can change or
-- delete no event, access or key. The image runs this for a new volume. On the volume of an earlier version, whose one role owned
-- everything, run it once by hand; it may be run again at any time, and does all of it or nothing:
--
--   docker compose -f docker/compose.yaml exec postgres \
--     psql -v ON_ERROR_STOP=1 -U billets -d billets -f /docker-entrypoint-initdb.d/roles.sql
\getenv owner_password POSTGRES_OWNER_PASSWORD
\getenv application_password POSTGRES_APPLICATION_PASSWORD

BEGIN;

DO $$
BEGIN
  IF to_regrole('billets_owner') IS NULL THEN
    CREATE ROLE billets_owner;
  END IF;
  IF to_regrole('billets_application') IS NULL THEN
    CREATE ROLE billets_application;
  END IF;
END $$;
ALTER ROLE billets_owner LOGIN PASSWORD :'owner_password';
ALTER ROLE billets_application LOGIN PASSWORD :'application_password';
-- So that the owner can hand over what projections made before there were two roles.
GRANT billets_application TO billets_owner;

DO $$
DECLARE
  thing text;
BEGIN
  EXECUTE format('ALTER DATABASE %I OWNER TO billets_owner', current_database());
  EXECUTE format('REVOKE ALL ON DATABASE %I FROM PUBLIC', current_database());
  EXECUTE format('GRANT CONNECT ON DATABASE %I TO billets_application', current_database());
  ALTER SCHEMA public OWNER TO billets_owner;
  -- What an earlier version made under the role that runs this. What an extension brought stays its own, and sequences, indexes and
  -- row types follow their table.
  FOR thing IN
    SELECT format('SCHEMA %I', nspname) FROM pg_namespace
     WHERE nspowner = current_user::regrole AND nspname !~ '^pg_' AND nspname <> 'information_schema'
    UNION ALL
    SELECT format('TABLE %s', oid::regclass) FROM pg_class
     WHERE relowner = current_user::regrole AND relkind IN ('r', 'p', 'v', 'm') AND relnamespace::regnamespace::text !~ '^pg_'
       AND relnamespace <> 'information_schema'::regnamespace
       AND NOT EXISTS (SELECT FROM pg_depend WHERE classid = 'pg_class'::regclass AND objid = pg_class.oid AND deptype = 'e')
    UNION ALL
    SELECT format('ROUTINE %s', oid::regprocedure) FROM pg_proc
     WHERE proowner = current_user::regrole AND pronamespace::regnamespace::text !~ '^pg_'
       AND pronamespace <> 'information_schema'::regnamespace
       AND NOT EXISTS (SELECT FROM pg_depend WHERE classid = 'pg_proc'::regclass AND objid = pg_proc.oid AND deptype = 'e')
  LOOP
    EXECUTE format('ALTER %s OWNER TO billets_owner', thing);
  END LOOP;
END $$;

-- When the database's files were put back tells the server that a backup was restored.
GRANT EXECUTE ON FUNCTION pg_stat_file(text) TO billets_application;

COMMIT;
