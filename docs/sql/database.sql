-- The statements as they are sent, in each of their forms. Written by `npm run sql`; a test compares.

-- selectSuitability
SELECT
  current_setting('server_version_num')::int / 10000 AS version,
  current_database() AS database,
  current_user AS role,
  current_setting('server_encoding') AS encoding,
  (
    SELECT
      datctype
    FROM
      pg_database
    WHERE
      datname = current_database()
  ) AS locale,
  current_setting('transaction_read_only')::boolean AS "readOnly",
  has_database_privilege(current_database(), 'CREATE') AS "mayCreateSchemas",
  current_schema() AS schema,
  to_regclass('migrations') IS NOT NULL
  OR coalesce(has_schema_privilege(current_schema(), 'CREATE'), false) AS "mayCreateTables",
  to_regclass('migrations') IS NULL
  OR has_table_privilege(to_regclass('migrations'), 'SELECT')
  AND has_table_privilege(to_regclass('migrations'), 'INSERT') AS "mayMigrate",
  coalesce(
    (
      SELECT
        json_agg(
          json_build_object('name', extname, 'schema', nspname)
          ORDER BY
            extname
        )
      FROM
        pg_extension
        JOIN pg_namespace ON pg_namespace.oid = extnamespace
      WHERE
        extname = ANY ($1::text[])
        AND nspname <> ALL (current_schemas(true))
    ),
    '[]'
  ) AS hidden;

-- selectFolded
SELECT
  lower($1::text) AS folded;

-- selectForeignView
SELECT
  format('%I.%I', namespace.nspname, shown.relname) AS view,
  shown.relowner::regrole::text AS owner,
  current_user AS role
FROM
  pg_depend AS shows
  JOIN pg_rewrite AS rule ON shows.classid = 'pg_rewrite'::regclass
  AND rule.oid = shows.objid
  JOIN pg_class AS shown ON shown.oid = rule.ev_class
  JOIN pg_class AS made ON shows.refclassid = 'pg_class'::regclass
  AND made.oid = shows.refobjid
  JOIN pg_namespace AS made_in ON made_in.oid = made.relnamespace
  JOIN projections.generations ON made_in.nspname = coalesce(volatile_schema, 'projection_' || replace(name, '-', '_') || '_' || generation)
  JOIN pg_namespace AS namespace ON namespace.oid = shown.relnamespace
WHERE
  NOT pg_has_role(shown.relowner, 'USAGE')
ORDER BY
  view
LIMIT
  1;

-- selectLackingRights
SELECT
  "table",
  "right",
  current_user AS role
FROM
  unnest($1::text[], $2::text[]) AS needed ("table", "right")
WHERE
  NOT has_table_privilege(to_regclass("table"), "right");

-- takeMigrationLock
SELECT
  pg_advisory_lock($1::bigint);

-- lockGrants
SELECT
  pg_advisory_xact_lock($1::bigint);

-- selectThere
SELECT
  name
FROM
  unnest($1::text[]) AS name
WHERE
  to_regclass(name) IS NOT NULL;

-- selectSchemasThere
SELECT
  name
FROM
  unnest($1::text[]) AS name
WHERE
  to_regnamespace(name) IS NOT NULL;

-- selectHandOver
WITH
  made AS (
    SELECT
      namespace.oid,
      namespace.nspname,
      namespace.nspowner
    FROM
      pg_namespace AS namespace
      JOIN projections.generations ON namespace.nspname = coalesce(volatile_schema, 'projection_' || replace(name, '-', '_') || '_' || generation)
  ),
  shown AS (
    SELECT DISTINCT
      shown.oid,
      shown.relnamespace
    FROM
      pg_depend AS shows
      JOIN pg_rewrite AS rule ON shows.classid = 'pg_rewrite'::regclass
      AND rule.oid = shows.objid
      JOIN pg_class AS shown ON shown.oid = rule.ev_class
      JOIN pg_class AS made ON shows.refclassid = 'pg_class'::regclass
      AND made.oid = shows.refobjid
      JOIN pg_namespace AS made_in ON made_in.oid = made.relnamespace
      JOIN projections.generations ON made_in.nspname = coalesce(volatile_schema, 'projection_' || replace(name, '-', '_') || '_' || generation)
    WHERE
      shown.relkind = 'v'
  ),
  foreign_things AS (
    SELECT
      1 AS turn,
      format('SCHEMA %I', nspname) AS thing
    FROM
      pg_namespace
    WHERE
      (
        oid IN (
          SELECT
            oid
          FROM
            made
        )
        OR oid IN (
          SELECT
            relnamespace
          FROM
            shown
        )
        AND nspname <> ALL ($1::text[])
      )
      AND nspowner <> to_regrole(quote_ident($2))
    UNION ALL
    SELECT
      2,
      format('TABLE %I.%I', nspname, relname)
    FROM
      pg_class
      JOIN pg_namespace ON pg_namespace.oid = relnamespace
    WHERE
      (
        relnamespace IN (
          SELECT
            oid
          FROM
            made
        )
        AND relkind IN ('r', 'v')
        OR pg_class.oid IN (
          SELECT
            oid
          FROM
            shown
        )
      )
      AND relowner <> to_regrole(quote_ident($3))
  )
SELECT
  format('ALTER %s OWNER TO %I', thing, $4::text) AS statement
FROM
  foreign_things
WHERE
  pg_has_role($5::name, 'MEMBER')
ORDER BY
  turn,
  thing;

-- selectLeavesMigrations
SELECT
  coalesce(
    has_table_privilege(to_regclass('migrations'), 'SELECT')
    AND NOT has_table_privilege(to_regclass('migrations'), 'INSERT'),
    false
  ) AS leaves;

-- selectRole
SELECT
  current_user AS role,
  current_database() AS database;

-- selectOwned
SELECT
  current_user AS role
FROM
  pg_class
WHERE
  oid = to_regclass($1)
  AND pg_has_role(relowner, 'USAGE');

-- selectWritable
SELECT
  current_setting('transaction_read_only')::boolean AS "readOnly",
  coalesce(
    has_table_privilege(to_regclass('event_store.events'), 'INSERT')
    AND has_table_privilege(to_regclass('event_store.head'), 'UPDATE'),
    true
  ) AS permitted;
