-- The statements as they are sent, in each of their forms. Written by `npm run sql`; a test compares.

-- selectFigures
SELECT
  served.position AS position,
  served.recorded_at AS recorded_at,
  served.incomplete,
  (
    SELECT
      json_object_agg(day, revision)
    FROM
      (
        SELECT
          day::text,
          max(revision) AS revision
        FROM
          billets_quotidiens.published_days
        WHERE
          day BETWEEN $1::date AND $2::date
          AND position <= served.position
          AND coalesce(withdrawn_position > served.position, true)
        GROUP BY
          day
      ) AS published
  ) AS published,
  NULL AS establishment,
  NULL AS day,
  NULL::integer AS change,
  NULL::integer AS "opened",
  NULL::integer AS "resolved",
  NULL::integer AS "resolvedSameDay",
  NULL::integer AS "reopened",
  NULL::integer AS "cancelled",
  NULL::integer AS "merged",
  NULL::integer AS "transferredIn",
  NULL::integer AS "transferredOut"
FROM
  projections.served
WHERE
  served.name = $3::text
UNION ALL
SELECT
  NULL,
  NULL,
  NULL,
  NULL,
  establishment,
  day,
  change,
  "opened",
  "resolved",
  "resolvedSameDay",
  "reopened",
  "cancelled",
  "merged",
  "transferredIn",
  "transferredOut"
FROM
  (
    SELECT
      establishment,
      day::text AS day,
      change,
      opened AS "opened",
      resolved AS "resolved",
      resolved_same_day AS "resolvedSameDay",
      reopened AS "reopened",
      cancelled AS "cancelled",
      merged AS "merged",
      transferred_in AS "transferredIn",
      transferred_out AS "transferredOut"
    FROM
      (
        SELECT
          establishment,
          day,
          sum(+ opened - resolved + reopened - cancelled - merged + transferred_in - transferred_out)::integer AS change,
          sum(opened)::integer AS opened,
          sum(resolved)::integer AS resolved,
          sum(resolved_same_day)::integer AS resolved_same_day,
          sum(reopened)::integer AS reopened,
          sum(cancelled)::integer AS cancelled,
          sum(merged)::integer AS merged,
          sum(transferred_in)::integer AS transferred_in,
          sum(transferred_out)::integer AS transferred_out
        FROM
          (
            SELECT
              *
            FROM
              billets_quotidiens.daily_figures
            WHERE
              day >= date_trunc('month', $1::date::timestamp)
          ) AS counts
        WHERE
          day >= $1::date
          AND day <= $2::date
          AND (
            $4::text IS NULL
            OR establishment = $4::text
          )
        GROUP BY
          1,
          2
      ) AS asked
    UNION ALL
    SELECT
      establishment,
      NULL,
      sum(change)::integer,
      NULL::integer,
      NULL::integer,
      NULL::integer,
      NULL::integer,
      NULL::integer,
      NULL::integer,
      NULL::integer,
      NULL::integer
    FROM
      (
        SELECT
          establishment,
          + opened - resolved + reopened - cancelled - merged + transferred_in - transferred_out AS change
        FROM
          (
            SELECT
              *
            FROM
              billets_quotidiens.daily_figures
            WHERE
              day >= date_trunc('month', $1::date::timestamp)
          ) AS counts
        WHERE
          day < $1::date
        UNION ALL
        SELECT
          establishment,
          change
        FROM
          billets_quotidiens.monthly_changes
        WHERE
          month < date_trunc('month', $1::date::timestamp)
      ) AS changes
    WHERE
      $4::text IS NULL
      OR establishment = $4::text
    GROUP BY
      1
  ) AS counted;

-- selectFiguresAsOf: as of a position
WITH
  months_amid AS MATERIALIZED (
    SELECT DISTINCT
      day
    FROM
      billets_quotidiens.recorded_months
    WHERE
      first_position <= (
        SELECT
          $1::bigint
      )
      AND last_position > (
        SELECT
          $1::bigint
      )
      AND day < date_trunc('month', ($2::date - 2)::timestamp)::date
  ),
  amid AS MATERIALIZED (
    SELECT
      recorded.*
    FROM
      months_amid AS month
      CROSS JOIN LATERAL (
        SELECT
          *
        FROM
          billets_quotidiens.recorded_figures AS one
        WHERE
          one.day >= month.day
          AND one.day < month.day + interval '1 month'
          AND first_position <= (
            SELECT
              $1::bigint
          )
          AND last_position > (
            SELECT
              $1::bigint
          )
        OFFSET
          0
      ) AS recorded
    UNION ALL
    SELECT
      *
    FROM
      billets_quotidiens.recorded_figures
    WHERE
      day >= date_trunc('month', ($2::date - 2)::timestamp)::date
      AND day <= $3::date
      AND first_position <= (
        SELECT
          $1::bigint
      )
      AND last_position > (
        SELECT
          $1::bigint
      )
  ),
  around AS MATERIALIZED (
    SELECT
      entry.establishment,
      span.time_zone,
      span.day,
      entry.recorded_day,
      entry.figure,
      sum(entry.delta) AS delta
    FROM
      (
        SELECT
          time_zone,
          day,
          min(first_position) AS first_position,
          max(last_position) AS last_position
        FROM
          amid
        GROUP BY
          1,
          2
      ) AS span
      CROSS JOIN LATERAL (
        SELECT
          establishment,
          figure,
          delta,
          (recorded_at AT TIME ZONE 'UTC')::date AS recorded_day
        FROM
          billets_quotidiens.figure_entries AS own
        WHERE
          own.time_zone = span.time_zone
          AND own.day = span.day
          AND own.position BETWEEN span.first_position AND least(
            span.last_position,
            (
              SELECT
                $1::bigint
            )
          )
          AND own.position <= (
            SELECT
              $1::bigint
          )
        OFFSET
          0
      ) AS entry
    GROUP BY
      1,
      2,
      3,
      4,
      5
  ),
  up_to_bound AS MATERIALIZED (
    SELECT
      establishment,
      time_zone,
      day,
      CASE
        WHEN entry.figure = 'opened' THEN entry.delta
        ELSE 0
      END AS opened,
      CASE
        WHEN entry.figure = 'resolved' THEN entry.delta
        ELSE 0
      END AS resolved,
      CASE
        WHEN entry.figure = 'resolvedSameDay' THEN entry.delta
        ELSE 0
      END AS resolved_same_day,
      CASE
        WHEN entry.figure = 'reopened' THEN entry.delta
        ELSE 0
      END AS reopened,
      CASE
        WHEN entry.figure = 'cancelled' THEN entry.delta
        ELSE 0
      END AS cancelled,
      CASE
        WHEN entry.figure = 'merged' THEN entry.delta
        ELSE 0
      END AS merged,
      CASE
        WHEN entry.figure = 'transferredIn' THEN entry.delta
        ELSE 0
      END AS transferred_in,
      CASE
        WHEN entry.figure = 'transferredOut' THEN entry.delta
        ELSE 0
      END AS transferred_out
    FROM
      around AS entry
      JOIN amid USING (establishment, time_zone, day, recorded_day)
  ),
  known AS NOT MATERIALIZED (
    SELECT
      establishment,
      time_zone,
      day,
      opened,
      resolved,
      resolved_same_day,
      reopened,
      cancelled,
      merged,
      transferred_in,
      transferred_out
    FROM
      (
        SELECT
          *
        FROM
          billets_quotidiens.recorded_figures
        WHERE
          day >= date_trunc('month', ($2::date - 2)::timestamp)::date
          AND day <= $3::date
          AND last_position <= (
            SELECT
              $1::bigint
          )
      ) AS whole
    UNION ALL
    TABLE up_to_bound
  ),
  earlier AS NOT MATERIALIZED (
    SELECT
      establishment,
      + opened - resolved + reopened - cancelled - merged + transferred_in - transferred_out AS change
    FROM
      (
        SELECT
          recorded.*
        FROM
          months_amid AS month
          CROSS JOIN LATERAL (
            SELECT
              *
            FROM
              billets_quotidiens.recorded_figures AS one
            WHERE
              one.day >= month.day
              AND one.day < month.day + interval '1 month'
              AND last_position <= (
                SELECT
                  $1::bigint
              )
            OFFSET
              0
          ) AS recorded
      ) AS whole
    UNION ALL
    SELECT
      establishment,
      + opened - resolved + reopened - cancelled - merged + transferred_in - transferred_out
    FROM
      billets_quotidiens.recorded_months
    WHERE
      last_position <= (
        SELECT
          $1::bigint
      )
      AND day < date_trunc('month', ($2::date - 2)::timestamp)::date
      AND day NOT IN (TABLE months_amid)
  )
SELECT
  NULL::bigint AS position,
  (
    SELECT
      recorded_at
    FROM
      billets_quotidiens.figure_entries
    WHERE
      position <= (
        SELECT
          $1::bigint
      )
    ORDER BY
      position DESC
    LIMIT
      1
  ) AS recorded_at,
  served.incomplete,
  (
    SELECT
      json_object_agg(day, revision)
    FROM
      (
        SELECT
          day::text,
          max(revision) AS revision
        FROM
          billets_quotidiens.published_days
        WHERE
          day BETWEEN $2::date AND $3::date
          AND position <= (
            SELECT
              $1::bigint
          )
          AND coalesce(
            withdrawn_position > (
              SELECT
                $1::bigint
            ),
            true
          )
        GROUP BY
          day
      ) AS published
  ) AS published,
  NULL AS establishment,
  NULL AS day,
  NULL::integer AS change,
  NULL::integer AS "opened",
  NULL::integer AS "resolved",
  NULL::integer AS "resolvedSameDay",
  NULL::integer AS "reopened",
  NULL::integer AS "cancelled",
  NULL::integer AS "merged",
  NULL::integer AS "transferredIn",
  NULL::integer AS "transferredOut"
FROM
  projections.served
WHERE
  served.name = $4::text
UNION ALL
SELECT
  NULL,
  NULL,
  NULL,
  NULL,
  establishment,
  day,
  change,
  "opened",
  "resolved",
  "resolvedSameDay",
  "reopened",
  "cancelled",
  "merged",
  "transferredIn",
  "transferredOut"
FROM
  (
    SELECT
      establishment,
      day::text AS day,
      change,
      opened AS "opened",
      resolved AS "resolved",
      resolved_same_day AS "resolvedSameDay",
      reopened AS "reopened",
      cancelled AS "cancelled",
      merged AS "merged",
      transferred_in AS "transferredIn",
      transferred_out AS "transferredOut"
    FROM
      (
        SELECT
          establishment,
          day,
          sum(+ opened - resolved + reopened - cancelled - merged + transferred_in - transferred_out)::integer AS change,
          sum(opened)::integer AS opened,
          sum(resolved)::integer AS resolved,
          sum(resolved_same_day)::integer AS resolved_same_day,
          sum(reopened)::integer AS reopened,
          sum(cancelled)::integer AS cancelled,
          sum(merged)::integer AS merged,
          sum(transferred_in)::integer AS transferred_in,
          sum(transferred_out)::integer AS transferred_out
        FROM
          known AS counts
        WHERE
          day >= $2::date
          AND day <= $3::date
          AND (
            $5::text IS NULL
            OR establishment = $5::text
          )
        GROUP BY
          1,
          2
      ) AS asked
    UNION ALL
    SELECT
      establishment,
      NULL,
      sum(change)::integer,
      NULL::integer,
      NULL::integer,
      NULL::integer,
      NULL::integer,
      NULL::integer,
      NULL::integer,
      NULL::integer,
      NULL::integer
    FROM
      (
        SELECT
          establishment,
          + opened - resolved + reopened - cancelled - merged + transferred_in - transferred_out AS change
        FROM
          known AS counts
        WHERE
          day < $2::date
        UNION ALL
        TABLE earlier
      ) AS changes
    WHERE
      $5::text IS NULL
      OR establishment = $5::text
    GROUP BY
      1
  ) AS counted;

-- selectFiguresAsOf: as of an instant
WITH
  months_amid AS MATERIALIZED (
    SELECT DISTINCT
      day
    FROM
      billets_quotidiens.recorded_months
    WHERE
      first_recorded_at <= (
        SELECT
          $1::timestamptz
      )
      AND last_recorded_at > (
        SELECT
          $1::timestamptz
      )
      AND day < date_trunc('month', ($2::date - 2)::timestamp)::date
  ),
  amid AS MATERIALIZED (
    SELECT
      recorded.*
    FROM
      months_amid AS month
      CROSS JOIN LATERAL (
        SELECT
          *
        FROM
          billets_quotidiens.recorded_figures AS one
        WHERE
          one.day >= month.day
          AND one.day < month.day + interval '1 month'
          AND first_recorded_at <= (
            SELECT
              $1::timestamptz
          )
          AND last_recorded_at > (
            SELECT
              $1::timestamptz
          )
        OFFSET
          0
      ) AS recorded
    UNION ALL
    SELECT
      *
    FROM
      billets_quotidiens.recorded_figures
    WHERE
      day >= date_trunc('month', ($2::date - 2)::timestamp)::date
      AND day <= $3::date
      AND first_recorded_at <= (
        SELECT
          $1::timestamptz
      )
      AND last_recorded_at > (
        SELECT
          $1::timestamptz
      )
  ),
  around AS MATERIALIZED (
    SELECT
      entry.establishment,
      span.time_zone,
      span.day,
      entry.recorded_day,
      entry.figure,
      sum(entry.delta) AS delta
    FROM
      (
        SELECT
          time_zone,
          day,
          min(first_position) AS first_position,
          max(last_position) AS last_position
        FROM
          amid
        GROUP BY
          1,
          2
      ) AS span
      CROSS JOIN LATERAL (
        SELECT
          establishment,
          figure,
          delta,
          (recorded_at AT TIME ZONE 'UTC')::date AS recorded_day
        FROM
          billets_quotidiens.figure_entries AS own
        WHERE
          own.time_zone = span.time_zone
          AND own.day = span.day
          AND own.position BETWEEN span.first_position AND least(
            span.last_position,
            (
              SELECT
                greatest(
                  (
                    SELECT
                      max(last_position)
                    FROM
                      billets_quotidiens.recorded_days
                    WHERE
                      recorded_day < (
                        (
                          SELECT
                            $1::timestamptz
                        ) AT TIME ZONE 'UTC'
                      )::date
                  ),
                  (
                    SELECT
                      max(last_position)
                    FROM
                      billets_quotidiens.recorded_hours
                    WHERE
                      recorded_hour >= date_trunc(
                        'day',
                        (
                          SELECT
                            $1::timestamptz
                        ),
                        'UTC'
                      )
                      AND recorded_hour <= date_trunc(
                        'hour',
                        (
                          SELECT
                            $1::timestamptz
                        ),
                        'UTC'
                      )
                  )
                )
            )
          )
          AND own.recorded_at <= (
            SELECT
              $1::timestamptz
          )
        OFFSET
          0
      ) AS entry
    GROUP BY
      1,
      2,
      3,
      4,
      5
  ),
  up_to_bound AS MATERIALIZED (
    SELECT
      establishment,
      time_zone,
      day,
      CASE
        WHEN entry.figure = 'opened' THEN entry.delta
        ELSE 0
      END AS opened,
      CASE
        WHEN entry.figure = 'resolved' THEN entry.delta
        ELSE 0
      END AS resolved,
      CASE
        WHEN entry.figure = 'resolvedSameDay' THEN entry.delta
        ELSE 0
      END AS resolved_same_day,
      CASE
        WHEN entry.figure = 'reopened' THEN entry.delta
        ELSE 0
      END AS reopened,
      CASE
        WHEN entry.figure = 'cancelled' THEN entry.delta
        ELSE 0
      END AS cancelled,
      CASE
        WHEN entry.figure = 'merged' THEN entry.delta
        ELSE 0
      END AS merged,
      CASE
        WHEN entry.figure = 'transferredIn' THEN entry.delta
        ELSE 0
      END AS transferred_in,
      CASE
        WHEN entry.figure = 'transferredOut' THEN entry.delta
        ELSE 0
      END AS transferred_out
    FROM
      around AS entry
      JOIN amid USING (establishment, time_zone, day, recorded_day)
  ),
  known AS NOT MATERIALIZED (
    SELECT
      establishment,
      time_zone,
      day,
      opened,
      resolved,
      resolved_same_day,
      reopened,
      cancelled,
      merged,
      transferred_in,
      transferred_out
    FROM
      (
        SELECT
          *
        FROM
          billets_quotidiens.recorded_figures
        WHERE
          day >= date_trunc('month', ($2::date - 2)::timestamp)::date
          AND day <= $3::date
          AND last_recorded_at <= (
            SELECT
              $1::timestamptz
          )
      ) AS whole
    UNION ALL
    TABLE up_to_bound
  ),
  earlier AS NOT MATERIALIZED (
    SELECT
      establishment,
      + opened - resolved + reopened - cancelled - merged + transferred_in - transferred_out AS change
    FROM
      (
        SELECT
          recorded.*
        FROM
          months_amid AS month
          CROSS JOIN LATERAL (
            SELECT
              *
            FROM
              billets_quotidiens.recorded_figures AS one
            WHERE
              one.day >= month.day
              AND one.day < month.day + interval '1 month'
              AND last_recorded_at <= (
                SELECT
                  $1::timestamptz
              )
            OFFSET
              0
          ) AS recorded
      ) AS whole
    UNION ALL
    SELECT
      establishment,
      + opened - resolved + reopened - cancelled - merged + transferred_in - transferred_out
    FROM
      billets_quotidiens.recorded_months
    WHERE
      last_recorded_at <= (
        SELECT
          $1::timestamptz
      )
      AND day < date_trunc('month', ($2::date - 2)::timestamp)::date
      AND day NOT IN (TABLE months_amid)
  )
SELECT
  (
    SELECT
      greatest(
        (
          SELECT
            max(last_position)
          FROM
            billets_quotidiens.recorded_days
          WHERE
            recorded_day < (
              (
                SELECT
                  $1::timestamptz
              ) AT TIME ZONE 'UTC'
            )::date
        ),
        (
          SELECT
            max(last_position)
          FROM
            billets_quotidiens.recorded_hours
          WHERE
            recorded_hour >= date_trunc(
              'day',
              (
                SELECT
                  $1::timestamptz
              ),
              'UTC'
            )
            AND recorded_hour < date_trunc(
              'hour',
              (
                SELECT
                  $1::timestamptz
              ),
              'UTC'
            )
        ),
        (
          SELECT
            entry.position
          FROM
            billets_quotidiens.recorded_hours AS amid
            CROSS JOIN LATERAL (
              SELECT
                position
              FROM
                billets_quotidiens.figure_entries
              WHERE
                position BETWEEN amid.first_position AND amid.last_position
                AND recorded_at <= (
                  SELECT
                    $1::timestamptz
                )
              ORDER BY
                position DESC
              LIMIT
                1
            ) AS entry
          WHERE
            amid.recorded_hour = date_trunc(
              'hour',
              (
                SELECT
                  $1::timestamptz
              ),
              'UTC'
            )
        )
      )
  ) AS position,
  NULL::timestamptz AS recorded_at,
  served.incomplete,
  (
    SELECT
      json_object_agg(day, revision)
    FROM
      (
        SELECT
          day::text,
          max(revision) AS revision
        FROM
          billets_quotidiens.published_days
        WHERE
          day BETWEEN $2::date AND $3::date
          AND recorded_at <= (
            SELECT
              $1::timestamptz
          )
          AND coalesce(
            withdrawn_at > (
              SELECT
                $1::timestamptz
            ),
            true
          )
        GROUP BY
          day
      ) AS published
  ) AS published,
  NULL AS establishment,
  NULL AS day,
  NULL::integer AS change,
  NULL::integer AS "opened",
  NULL::integer AS "resolved",
  NULL::integer AS "resolvedSameDay",
  NULL::integer AS "reopened",
  NULL::integer AS "cancelled",
  NULL::integer AS "merged",
  NULL::integer AS "transferredIn",
  NULL::integer AS "transferredOut"
FROM
  projections.served
WHERE
  served.name = $4::text
UNION ALL
SELECT
  NULL,
  NULL,
  NULL,
  NULL,
  establishment,
  day,
  change,
  "opened",
  "resolved",
  "resolvedSameDay",
  "reopened",
  "cancelled",
  "merged",
  "transferredIn",
  "transferredOut"
FROM
  (
    SELECT
      establishment,
      day::text AS day,
      change,
      opened AS "opened",
      resolved AS "resolved",
      resolved_same_day AS "resolvedSameDay",
      reopened AS "reopened",
      cancelled AS "cancelled",
      merged AS "merged",
      transferred_in AS "transferredIn",
      transferred_out AS "transferredOut"
    FROM
      (
        SELECT
          establishment,
          day,
          sum(+ opened - resolved + reopened - cancelled - merged + transferred_in - transferred_out)::integer AS change,
          sum(opened)::integer AS opened,
          sum(resolved)::integer AS resolved,
          sum(resolved_same_day)::integer AS resolved_same_day,
          sum(reopened)::integer AS reopened,
          sum(cancelled)::integer AS cancelled,
          sum(merged)::integer AS merged,
          sum(transferred_in)::integer AS transferred_in,
          sum(transferred_out)::integer AS transferred_out
        FROM
          known AS counts
        WHERE
          day >= $2::date
          AND day <= $3::date
          AND (
            $5::text IS NULL
            OR establishment = $5::text
          )
        GROUP BY
          1,
          2
      ) AS asked
    UNION ALL
    SELECT
      establishment,
      NULL,
      sum(change)::integer,
      NULL::integer,
      NULL::integer,
      NULL::integer,
      NULL::integer,
      NULL::integer,
      NULL::integer,
      NULL::integer,
      NULL::integer
    FROM
      (
        SELECT
          establishment,
          + opened - resolved + reopened - cancelled - merged + transferred_in - transferred_out AS change
        FROM
          known AS counts
        WHERE
          day < $2::date
        UNION ALL
        TABLE earlier
      ) AS changes
    WHERE
      $5::text IS NULL
      OR establishment = $5::text
    GROUP BY
      1
  ) AS counted;

-- selectFiguresAsOf: by the days of one zone
WITH
  months_amid AS MATERIALIZED (
    SELECT DISTINCT
      day
    FROM
      billets_quotidiens.recorded_months
    WHERE
      first_position <= (
        SELECT
          $1::bigint
      )
      AND last_position > (
        SELECT
          $1::bigint
      )
      AND day < date_trunc('month', ($2::date - 2)::timestamp)::date
  ),
  amid AS MATERIALIZED (
    SELECT
      recorded.*
    FROM
      months_amid AS month
      CROSS JOIN LATERAL (
        SELECT
          *
        FROM
          billets_quotidiens.recorded_figures AS one
        WHERE
          one.day >= month.day
          AND one.day < month.day + interval '1 month'
          AND first_position <= (
            SELECT
              $1::bigint
          )
          AND last_position > (
            SELECT
              $1::bigint
          )
        OFFSET
          0
      ) AS recorded
    UNION ALL
    SELECT
      *
    FROM
      billets_quotidiens.recorded_figures
    WHERE
      day >= date_trunc('month', ($2::date - 2)::timestamp)::date
      AND day <= $3::date
      AND first_position <= (
        SELECT
          $1::bigint
      )
      AND last_position > (
        SELECT
          $1::bigint
      )
  ),
  around AS MATERIALIZED (
    SELECT
      entry.establishment,
      span.time_zone,
      span.day,
      entry.recorded_day,
      entry.figure,
      sum(entry.delta) AS delta
    FROM
      (
        SELECT
          time_zone,
          day,
          min(first_position) AS first_position,
          max(last_position) AS last_position
        FROM
          amid
        GROUP BY
          1,
          2
      ) AS span
      CROSS JOIN LATERAL (
        SELECT
          establishment,
          figure,
          delta,
          (recorded_at AT TIME ZONE 'UTC')::date AS recorded_day
        FROM
          billets_quotidiens.figure_entries AS own
        WHERE
          own.time_zone = span.time_zone
          AND own.day = span.day
          AND own.position BETWEEN span.first_position AND least(
            span.last_position,
            (
              SELECT
                $1::bigint
            )
          )
          AND own.position <= (
            SELECT
              $1::bigint
          )
        OFFSET
          0
      ) AS entry
    GROUP BY
      1,
      2,
      3,
      4,
      5
  ),
  up_to_bound AS MATERIALIZED (
    SELECT
      establishment,
      time_zone,
      day,
      CASE
        WHEN entry.figure = 'opened' THEN entry.delta
        ELSE 0
      END AS opened,
      CASE
        WHEN entry.figure = 'resolved' THEN entry.delta
        ELSE 0
      END AS resolved,
      CASE
        WHEN entry.figure = 'resolvedSameDay' THEN entry.delta
        ELSE 0
      END AS resolved_same_day,
      CASE
        WHEN entry.figure = 'reopened' THEN entry.delta
        ELSE 0
      END AS reopened,
      CASE
        WHEN entry.figure = 'cancelled' THEN entry.delta
        ELSE 0
      END AS cancelled,
      CASE
        WHEN entry.figure = 'merged' THEN entry.delta
        ELSE 0
      END AS merged,
      CASE
        WHEN entry.figure = 'transferredIn' THEN entry.delta
        ELSE 0
      END AS transferred_in,
      CASE
        WHEN entry.figure = 'transferredOut' THEN entry.delta
        ELSE 0
      END AS transferred_out
    FROM
      around AS entry
      JOIN amid USING (establishment, time_zone, day, recorded_day)
  ),
  known AS NOT MATERIALIZED (
    SELECT
      establishment,
      time_zone,
      day,
      opened,
      resolved,
      resolved_same_day,
      reopened,
      cancelled,
      merged,
      transferred_in,
      transferred_out
    FROM
      (
        SELECT
          *
        FROM
          billets_quotidiens.recorded_figures
        WHERE
          day >= date_trunc('month', ($2::date - 2)::timestamp)::date
          AND day <= $3::date
          AND last_position <= (
            SELECT
              $1::bigint
          )
      ) AS whole
    UNION ALL
    TABLE up_to_bound
  ),
  earlier AS NOT MATERIALIZED (
    SELECT
      establishment,
      + opened - resolved + reopened - cancelled - merged + transferred_in - transferred_out AS change
    FROM
      (
        SELECT
          recorded.*
        FROM
          months_amid AS month
          CROSS JOIN LATERAL (
            SELECT
              *
            FROM
              billets_quotidiens.recorded_figures AS one
            WHERE
              one.day >= month.day
              AND one.day < month.day + interval '1 month'
              AND last_position <= (
                SELECT
                  $1::bigint
              )
            OFFSET
              0
          ) AS recorded
      ) AS whole
    UNION ALL
    SELECT
      establishment,
      + opened - resolved + reopened - cancelled - merged + transferred_in - transferred_out
    FROM
      billets_quotidiens.recorded_months
    WHERE
      last_position <= (
        SELECT
          $1::bigint
      )
      AND day < date_trunc('month', ($2::date - 2)::timestamp)::date
      AND day NOT IN (TABLE months_amid)
  ),
  by_zone AS MATERIALIZED (
    SELECT
      establishment,
      day,
      opened,
      resolved,
      resolved_same_day,
      reopened,
      cancelled,
      merged,
      transferred_in,
      transferred_out
    FROM
      known
    WHERE
      (
        time_zone = $4::text
        AND day <= $3::date
      )
      OR (
        time_zone <> $4::text
        AND day <= $2::date - 3
      )
    UNION ALL
    SELECT
      establishment,
      $2::date - 1 + counts_on AS day,
      CASE
        WHEN entry.figure = 'opened' THEN entry.delta
        ELSE 0
      END AS opened,
      CASE
        WHEN entry.figure = 'resolved' THEN entry.delta
        ELSE 0
      END AS resolved,
      CASE
        WHEN entry.figure = 'resolvedSameDay' THEN entry.delta
        ELSE 0
      END AS resolved_same_day,
      CASE
        WHEN entry.figure = 'reopened' THEN entry.delta
        ELSE 0
      END AS reopened,
      CASE
        WHEN entry.figure = 'cancelled' THEN entry.delta
        ELSE 0
      END AS cancelled,
      CASE
        WHEN entry.figure = 'merged' THEN entry.delta
        ELSE 0
      END AS merged,
      CASE
        WHEN entry.figure = 'transferredIn' THEN entry.delta
        ELSE 0
      END AS transferred_in,
      CASE
        WHEN entry.figure = 'transferredOut' THEN entry.delta
        ELSE 0
      END AS transferred_out
    FROM
      (
        SELECT
          establishment,
          CASE figure
            WHEN 'resolvedAnotherDay' THEN 'resolvedSameDay'
            ELSE figure
          END AS figure,
          width_bucket(coalesce(opened_at, occurred_at), $5::timestamptz[]) AS counts_on,
          CASE
            WHEN opened_at IS NOT NULL THEN width_bucket(occurred_at, $5::timestamptz[])
          END AS resolved_on,
          sum(delta) AS delta
        FROM
          billets_quotidiens.figure_entries
        WHERE
          time_zone = ANY (
            ARRAY(
              SELECT DISTINCT
                time_zone
              FROM
                billets_quotidiens.recorded_months
              WHERE
                time_zone <> $4::text
            )
          )
          AND day BETWEEN $2::date - 2 AND $3::date + 2
          AND position <= (
            SELECT
              $1::bigint
          )
        GROUP BY
          1,
          2,
          3,
          4
        OFFSET
          0
      ) AS entry
    WHERE
      counts_on < cardinality($5::timestamptz[])
      AND (
        resolved_on IS NULL
        OR resolved_on = counts_on
      )
  )
SELECT
  served.position AS position,
  served.recorded_at AS recorded_at,
  served.incomplete,
  (
    SELECT
      json_object_agg(day, revision)
    FROM
      (
        SELECT
          day::text,
          max(revision) AS revision
        FROM
          billets_quotidiens.published_days
        WHERE
          day BETWEEN $2::date AND $3::date
          AND position <= served.position
          AND coalesce(withdrawn_position > served.position, true)
        GROUP BY
          day
      ) AS published
  ) AS published,
  NULL AS establishment,
  NULL AS day,
  NULL::integer AS change,
  NULL::integer AS "opened",
  NULL::integer AS "resolved",
  NULL::integer AS "resolvedSameDay",
  NULL::integer AS "reopened",
  NULL::integer AS "cancelled",
  NULL::integer AS "merged",
  NULL::integer AS "transferredIn",
  NULL::integer AS "transferredOut"
FROM
  projections.served
WHERE
  served.name = $6::text
UNION ALL
SELECT
  NULL,
  NULL,
  NULL,
  NULL,
  establishment,
  day,
  change,
  "opened",
  "resolved",
  "resolvedSameDay",
  "reopened",
  "cancelled",
  "merged",
  "transferredIn",
  "transferredOut"
FROM
  (
    SELECT
      establishment,
      day::text AS day,
      change,
      opened AS "opened",
      resolved AS "resolved",
      resolved_same_day AS "resolvedSameDay",
      reopened AS "reopened",
      cancelled AS "cancelled",
      merged AS "merged",
      transferred_in AS "transferredIn",
      transferred_out AS "transferredOut"
    FROM
      (
        SELECT
          establishment,
          day,
          sum(+ opened - resolved + reopened - cancelled - merged + transferred_in - transferred_out)::integer AS change,
          sum(opened)::integer AS opened,
          sum(resolved)::integer AS resolved,
          sum(resolved_same_day)::integer AS resolved_same_day,
          sum(reopened)::integer AS reopened,
          sum(cancelled)::integer AS cancelled,
          sum(merged)::integer AS merged,
          sum(transferred_in)::integer AS transferred_in,
          sum(transferred_out)::integer AS transferred_out
        FROM
          by_zone AS counts
        WHERE
          day >= $2::date
          AND day <= $3::date
          AND (
            $7::text IS NULL
            OR establishment = $7::text
          )
        GROUP BY
          1,
          2
      ) AS asked
    UNION ALL
    SELECT
      establishment,
      NULL,
      sum(change)::integer,
      NULL::integer,
      NULL::integer,
      NULL::integer,
      NULL::integer,
      NULL::integer,
      NULL::integer,
      NULL::integer,
      NULL::integer
    FROM
      (
        SELECT
          establishment,
          + opened - resolved + reopened - cancelled - merged + transferred_in - transferred_out AS change
        FROM
          by_zone AS counts
        WHERE
          day < $2::date
        UNION ALL
        TABLE earlier
      ) AS changes
    WHERE
      $7::text IS NULL
      OR establishment = $7::text
    GROUP BY
      1
  ) AS counted;

-- selectFiguresAsOf: by the days of one zone, as of an instant
WITH
  months_amid AS MATERIALIZED (
    SELECT DISTINCT
      day
    FROM
      billets_quotidiens.recorded_months
    WHERE
      first_recorded_at <= (
        SELECT
          $1::timestamptz
      )
      AND last_recorded_at > (
        SELECT
          $1::timestamptz
      )
      AND day < date_trunc('month', ($2::date - 2)::timestamp)::date
  ),
  amid AS MATERIALIZED (
    SELECT
      recorded.*
    FROM
      months_amid AS month
      CROSS JOIN LATERAL (
        SELECT
          *
        FROM
          billets_quotidiens.recorded_figures AS one
        WHERE
          one.day >= month.day
          AND one.day < month.day + interval '1 month'
          AND first_recorded_at <= (
            SELECT
              $1::timestamptz
          )
          AND last_recorded_at > (
            SELECT
              $1::timestamptz
          )
        OFFSET
          0
      ) AS recorded
    UNION ALL
    SELECT
      *
    FROM
      billets_quotidiens.recorded_figures
    WHERE
      day >= date_trunc('month', ($2::date - 2)::timestamp)::date
      AND day <= $3::date
      AND first_recorded_at <= (
        SELECT
          $1::timestamptz
      )
      AND last_recorded_at > (
        SELECT
          $1::timestamptz
      )
  ),
  around AS MATERIALIZED (
    SELECT
      entry.establishment,
      span.time_zone,
      span.day,
      entry.recorded_day,
      entry.figure,
      sum(entry.delta) AS delta
    FROM
      (
        SELECT
          time_zone,
          day,
          min(first_position) AS first_position,
          max(last_position) AS last_position
        FROM
          amid
        GROUP BY
          1,
          2
      ) AS span
      CROSS JOIN LATERAL (
        SELECT
          establishment,
          figure,
          delta,
          (recorded_at AT TIME ZONE 'UTC')::date AS recorded_day
        FROM
          billets_quotidiens.figure_entries AS own
        WHERE
          own.time_zone = span.time_zone
          AND own.day = span.day
          AND own.position BETWEEN span.first_position AND least(
            span.last_position,
            (
              SELECT
                greatest(
                  (
                    SELECT
                      max(last_position)
                    FROM
                      billets_quotidiens.recorded_days
                    WHERE
                      recorded_day < (
                        (
                          SELECT
                            $1::timestamptz
                        ) AT TIME ZONE 'UTC'
                      )::date
                  ),
                  (
                    SELECT
                      max(last_position)
                    FROM
                      billets_quotidiens.recorded_hours
                    WHERE
                      recorded_hour >= date_trunc(
                        'day',
                        (
                          SELECT
                            $1::timestamptz
                        ),
                        'UTC'
                      )
                      AND recorded_hour <= date_trunc(
                        'hour',
                        (
                          SELECT
                            $1::timestamptz
                        ),
                        'UTC'
                      )
                  )
                )
            )
          )
          AND own.recorded_at <= (
            SELECT
              $1::timestamptz
          )
        OFFSET
          0
      ) AS entry
    GROUP BY
      1,
      2,
      3,
      4,
      5
  ),
  up_to_bound AS MATERIALIZED (
    SELECT
      establishment,
      time_zone,
      day,
      CASE
        WHEN entry.figure = 'opened' THEN entry.delta
        ELSE 0
      END AS opened,
      CASE
        WHEN entry.figure = 'resolved' THEN entry.delta
        ELSE 0
      END AS resolved,
      CASE
        WHEN entry.figure = 'resolvedSameDay' THEN entry.delta
        ELSE 0
      END AS resolved_same_day,
      CASE
        WHEN entry.figure = 'reopened' THEN entry.delta
        ELSE 0
      END AS reopened,
      CASE
        WHEN entry.figure = 'cancelled' THEN entry.delta
        ELSE 0
      END AS cancelled,
      CASE
        WHEN entry.figure = 'merged' THEN entry.delta
        ELSE 0
      END AS merged,
      CASE
        WHEN entry.figure = 'transferredIn' THEN entry.delta
        ELSE 0
      END AS transferred_in,
      CASE
        WHEN entry.figure = 'transferredOut' THEN entry.delta
        ELSE 0
      END AS transferred_out
    FROM
      around AS entry
      JOIN amid USING (establishment, time_zone, day, recorded_day)
  ),
  known AS NOT MATERIALIZED (
    SELECT
      establishment,
      time_zone,
      day,
      opened,
      resolved,
      resolved_same_day,
      reopened,
      cancelled,
      merged,
      transferred_in,
      transferred_out
    FROM
      (
        SELECT
          *
        FROM
          billets_quotidiens.recorded_figures
        WHERE
          day >= date_trunc('month', ($2::date - 2)::timestamp)::date
          AND day <= $3::date
          AND last_recorded_at <= (
            SELECT
              $1::timestamptz
          )
      ) AS whole
    UNION ALL
    TABLE up_to_bound
  ),
  earlier AS NOT MATERIALIZED (
    SELECT
      establishment,
      + opened - resolved + reopened - cancelled - merged + transferred_in - transferred_out AS change
    FROM
      (
        SELECT
          recorded.*
        FROM
          months_amid AS month
          CROSS JOIN LATERAL (
            SELECT
              *
            FROM
              billets_quotidiens.recorded_figures AS one
            WHERE
              one.day >= month.day
              AND one.day < month.day + interval '1 month'
              AND last_recorded_at <= (
                SELECT
                  $1::timestamptz
              )
            OFFSET
              0
          ) AS recorded
      ) AS whole
    UNION ALL
    SELECT
      establishment,
      + opened - resolved + reopened - cancelled - merged + transferred_in - transferred_out
    FROM
      billets_quotidiens.recorded_months
    WHERE
      last_recorded_at <= (
        SELECT
          $1::timestamptz
      )
      AND day < date_trunc('month', ($2::date - 2)::timestamp)::date
      AND day NOT IN (TABLE months_amid)
  ),
  by_zone AS MATERIALIZED (
    SELECT
      establishment,
      day,
      opened,
      resolved,
      resolved_same_day,
      reopened,
      cancelled,
      merged,
      transferred_in,
      transferred_out
    FROM
      known
    WHERE
      (
        time_zone = $4::text
        AND day <= $3::date
      )
      OR (
        time_zone <> $4::text
        AND day <= $2::date - 3
      )
    UNION ALL
    SELECT
      establishment,
      $2::date - 1 + counts_on AS day,
      CASE
        WHEN entry.figure = 'opened' THEN entry.delta
        ELSE 0
      END AS opened,
      CASE
        WHEN entry.figure = 'resolved' THEN entry.delta
        ELSE 0
      END AS resolved,
      CASE
        WHEN entry.figure = 'resolvedSameDay' THEN entry.delta
        ELSE 0
      END AS resolved_same_day,
      CASE
        WHEN entry.figure = 'reopened' THEN entry.delta
        ELSE 0
      END AS reopened,
      CASE
        WHEN entry.figure = 'cancelled' THEN entry.delta
        ELSE 0
      END AS cancelled,
      CASE
        WHEN entry.figure = 'merged' THEN entry.delta
        ELSE 0
      END AS merged,
      CASE
        WHEN entry.figure = 'transferredIn' THEN entry.delta
        ELSE 0
      END AS transferred_in,
      CASE
        WHEN entry.figure = 'transferredOut' THEN entry.delta
        ELSE 0
      END AS transferred_out
    FROM
      (
        SELECT
          establishment,
          CASE figure
            WHEN 'resolvedAnotherDay' THEN 'resolvedSameDay'
            ELSE figure
          END AS figure,
          width_bucket(coalesce(opened_at, occurred_at), $5::timestamptz[]) AS counts_on,
          CASE
            WHEN opened_at IS NOT NULL THEN width_bucket(occurred_at, $5::timestamptz[])
          END AS resolved_on,
          sum(delta) AS delta
        FROM
          billets_quotidiens.figure_entries
        WHERE
          time_zone = ANY (
            ARRAY(
              SELECT DISTINCT
                time_zone
              FROM
                billets_quotidiens.recorded_months
              WHERE
                time_zone <> $4::text
            )
          )
          AND day BETWEEN $2::date - 2 AND $3::date + 2
          AND recorded_at <= (
            SELECT
              $1::timestamptz
          )
        GROUP BY
          1,
          2,
          3,
          4
        OFFSET
          0
      ) AS entry
    WHERE
      counts_on < cardinality($5::timestamptz[])
      AND (
        resolved_on IS NULL
        OR resolved_on = counts_on
      )
  )
SELECT
  (
    SELECT
      greatest(
        (
          SELECT
            max(last_position)
          FROM
            billets_quotidiens.recorded_days
          WHERE
            recorded_day < (
              (
                SELECT
                  $1::timestamptz
              ) AT TIME ZONE 'UTC'
            )::date
        ),
        (
          SELECT
            max(last_position)
          FROM
            billets_quotidiens.recorded_hours
          WHERE
            recorded_hour >= date_trunc(
              'day',
              (
                SELECT
                  $1::timestamptz
              ),
              'UTC'
            )
            AND recorded_hour < date_trunc(
              'hour',
              (
                SELECT
                  $1::timestamptz
              ),
              'UTC'
            )
        ),
        (
          SELECT
            entry.position
          FROM
            billets_quotidiens.recorded_hours AS amid
            CROSS JOIN LATERAL (
              SELECT
                position
              FROM
                billets_quotidiens.figure_entries
              WHERE
                position BETWEEN amid.first_position AND amid.last_position
                AND recorded_at <= (
                  SELECT
                    $1::timestamptz
                )
              ORDER BY
                position DESC
              LIMIT
                1
            ) AS entry
          WHERE
            amid.recorded_hour = date_trunc(
              'hour',
              (
                SELECT
                  $1::timestamptz
              ),
              'UTC'
            )
        )
      )
  ) AS position,
  NULL::timestamptz AS recorded_at,
  served.incomplete,
  (
    SELECT
      json_object_agg(day, revision)
    FROM
      (
        SELECT
          day::text,
          max(revision) AS revision
        FROM
          billets_quotidiens.published_days
        WHERE
          day BETWEEN $2::date AND $3::date
          AND recorded_at <= (
            SELECT
              $1::timestamptz
          )
          AND coalesce(
            withdrawn_at > (
              SELECT
                $1::timestamptz
            ),
            true
          )
        GROUP BY
          day
      ) AS published
  ) AS published,
  NULL AS establishment,
  NULL AS day,
  NULL::integer AS change,
  NULL::integer AS "opened",
  NULL::integer AS "resolved",
  NULL::integer AS "resolvedSameDay",
  NULL::integer AS "reopened",
  NULL::integer AS "cancelled",
  NULL::integer AS "merged",
  NULL::integer AS "transferredIn",
  NULL::integer AS "transferredOut"
FROM
  projections.served
WHERE
  served.name = $6::text
UNION ALL
SELECT
  NULL,
  NULL,
  NULL,
  NULL,
  establishment,
  day,
  change,
  "opened",
  "resolved",
  "resolvedSameDay",
  "reopened",
  "cancelled",
  "merged",
  "transferredIn",
  "transferredOut"
FROM
  (
    SELECT
      establishment,
      day::text AS day,
      change,
      opened AS "opened",
      resolved AS "resolved",
      resolved_same_day AS "resolvedSameDay",
      reopened AS "reopened",
      cancelled AS "cancelled",
      merged AS "merged",
      transferred_in AS "transferredIn",
      transferred_out AS "transferredOut"
    FROM
      (
        SELECT
          establishment,
          day,
          sum(+ opened - resolved + reopened - cancelled - merged + transferred_in - transferred_out)::integer AS change,
          sum(opened)::integer AS opened,
          sum(resolved)::integer AS resolved,
          sum(resolved_same_day)::integer AS resolved_same_day,
          sum(reopened)::integer AS reopened,
          sum(cancelled)::integer AS cancelled,
          sum(merged)::integer AS merged,
          sum(transferred_in)::integer AS transferred_in,
          sum(transferred_out)::integer AS transferred_out
        FROM
          by_zone AS counts
        WHERE
          day >= $2::date
          AND day <= $3::date
          AND (
            $7::text IS NULL
            OR establishment = $7::text
          )
        GROUP BY
          1,
          2
      ) AS asked
    UNION ALL
    SELECT
      establishment,
      NULL,
      sum(change)::integer,
      NULL::integer,
      NULL::integer,
      NULL::integer,
      NULL::integer,
      NULL::integer,
      NULL::integer,
      NULL::integer,
      NULL::integer
    FROM
      (
        SELECT
          establishment,
          + opened - resolved + reopened - cancelled - merged + transferred_in - transferred_out AS change
        FROM
          by_zone AS counts
        WHERE
          day < $2::date
        UNION ALL
        TABLE earlier
      ) AS changes
    WHERE
      $7::text IS NULL
      OR establishment = $7::text
    GROUP BY
      1
  ) AS counted;

-- selectFigureItems: opened
WITH
  counted AS MATERIALIZED (
    SELECT
      *
    FROM
      billets_quotidiens.figure_entries AS entry
    WHERE
      time_zone = ANY (
        ARRAY(
          SELECT DISTINCT
            time_zone
          FROM
            billets_quotidiens.recorded_figures
          WHERE
            day = $1::date
        )
      )
      AND day = $1::date
      AND entry.figure = 'opened'
  ),
  items AS (
    SELECT
      *
    FROM
      counted
    WHERE
      position <= $2::bigint
      AND (
        $3::text IS NULL
        OR establishment = $3::text
      )
  ),
  page AS MATERIALIZED (
    SELECT
      *
    FROM
      items
    WHERE
      position > $4::bigint
    ORDER BY
      position
    LIMIT
      $5::integer
  )
SELECT
  entry.ticket_id,
  entry.establishment,
  entry.position,
  entry.occurred_at,
  entry.recorded_at,
  entry.delta,
  undone.position AS undone_position,
  undone.occurred_at AS undone_occurred_at,
  undone.recorded_at AS undone_recorded_at
FROM
  page AS entry
  LEFT JOIN LATERAL (
    SELECT
      position,
      occurred_at,
      recorded_at
    FROM
      (
        SELECT
          *
        FROM
          billets_quotidiens.figure_entries AS own
        WHERE
          own.ticket_id = entry.ticket_id
        OFFSET
          0
      ) AS later
    WHERE
      entry.delta > 0
      AND later.position > entry.position
      AND later.position <= $6::bigint
      AND false
    ORDER BY
      position
    LIMIT
      1
  ) AS undone ON true
ORDER BY
  entry.position;

-- selectFigureItems: opened, by the day of one zone
WITH
  counted AS MATERIALIZED (
    SELECT
      *
    FROM
      billets_quotidiens.figure_entries AS entry
    WHERE
      time_zone = $1::text
      AND day = $2::date
      AND entry.figure = 'opened'
      AND entry.occurred_at >= $3::timestamptz
      AND entry.occurred_at < $4::timestamptz
    UNION ALL
    SELECT
      *
    FROM
      billets_quotidiens.figure_entries AS entry
    WHERE
      time_zone = ANY (
        ARRAY(
          SELECT DISTINCT
            time_zone
          FROM
            billets_quotidiens.recorded_figures
          WHERE
            day BETWEEN $2::date - 2 AND $2::date + 2
            AND time_zone <> $1::text
        )
      )
      AND day BETWEEN $2::date - 2 AND $2::date + 2
      AND entry.figure = 'opened'
      AND entry.occurred_at >= $5::timestamptz
      AND entry.occurred_at < $6::timestamptz
  ),
  items AS (
    SELECT
      *
    FROM
      counted
    WHERE
      position <= $7::bigint
      AND (
        $8::text IS NULL
        OR establishment = $8::text
      )
  ),
  page AS MATERIALIZED (
    SELECT
      *
    FROM
      items
    WHERE
      position > $9::bigint
    ORDER BY
      position
    LIMIT
      $10::integer
  )
SELECT
  entry.ticket_id,
  entry.establishment,
  entry.position,
  entry.occurred_at,
  entry.recorded_at,
  entry.delta,
  undone.position AS undone_position,
  undone.occurred_at AS undone_occurred_at,
  undone.recorded_at AS undone_recorded_at
FROM
  page AS entry
  LEFT JOIN LATERAL (
    SELECT
      position,
      occurred_at,
      recorded_at
    FROM
      (
        SELECT
          *
        FROM
          billets_quotidiens.figure_entries AS own
        WHERE
          own.ticket_id = entry.ticket_id
        OFFSET
          0
      ) AS later
    WHERE
      entry.delta > 0
      AND later.position > entry.position
      AND later.position <= $11::bigint
      AND false
    ORDER BY
      position
    LIMIT
      1
  ) AS undone ON true
ORDER BY
  entry.position;

-- selectFigureItems: resolvedSameDay
WITH
  counted AS MATERIALIZED (
    SELECT
      *
    FROM
      billets_quotidiens.figure_entries AS entry
    WHERE
      time_zone = ANY (
        ARRAY(
          SELECT DISTINCT
            time_zone
          FROM
            billets_quotidiens.recorded_figures
          WHERE
            day = $1::date
        )
      )
      AND day = $1::date
      AND entry.figure = 'resolvedSameDay'
  ),
  items AS (
    SELECT
      *
    FROM
      counted
    WHERE
      position <= $2::bigint
      AND (
        $3::text IS NULL
        OR establishment = $3::text
      )
  ),
  page AS MATERIALIZED (
    SELECT
      *
    FROM
      items
    WHERE
      position > $4::bigint
    ORDER BY
      position
    LIMIT
      $5::integer
  )
SELECT
  entry.ticket_id,
  entry.establishment,
  entry.position,
  entry.occurred_at,
  entry.recorded_at,
  entry.delta,
  undone.position AS undone_position,
  undone.occurred_at AS undone_occurred_at,
  undone.recorded_at AS undone_recorded_at
FROM
  page AS entry
  LEFT JOIN LATERAL (
    SELECT
      position,
      occurred_at,
      recorded_at
    FROM
      (
        SELECT
          *
        FROM
          billets_quotidiens.figure_entries AS own
        WHERE
          own.ticket_id = entry.ticket_id
        OFFSET
          0
      ) AS later
    WHERE
      entry.delta > 0
      AND later.position > entry.position
      AND later.position <= $6::bigint
      AND later.figure = 'resolvedSameDay'
      AND later.delta < 0
    ORDER BY
      position
    LIMIT
      1
  ) AS undone ON true
ORDER BY
  entry.position;

-- selectFigureItems: resolvedSameDay, by the day of one zone
WITH
  counted AS MATERIALIZED (
    SELECT
      *
    FROM
      billets_quotidiens.figure_entries AS entry
    WHERE
      time_zone = $1::text
      AND day = $2::date
      AND entry.figure IN ('resolvedSameDay', 'resolvedAnotherDay')
      AND entry.opened_at >= $3::timestamptz
      AND entry.opened_at < $4::timestamptz
      AND entry.occurred_at >= $5::timestamptz
      AND entry.occurred_at < $6::timestamptz
    UNION ALL
    SELECT
      *
    FROM
      billets_quotidiens.figure_entries AS entry
    WHERE
      time_zone = ANY (
        ARRAY(
          SELECT DISTINCT
            time_zone
          FROM
            billets_quotidiens.recorded_figures
          WHERE
            day BETWEEN $2::date - 2 AND $2::date + 2
            AND time_zone <> $1::text
        )
      )
      AND day BETWEEN $2::date - 2 AND $2::date + 2
      AND entry.figure IN ('resolvedSameDay', 'resolvedAnotherDay')
      AND entry.opened_at >= $7::timestamptz
      AND entry.opened_at < $8::timestamptz
      AND entry.occurred_at >= $9::timestamptz
      AND entry.occurred_at < $10::timestamptz
  ),
  items AS (
    SELECT
      *
    FROM
      counted
    WHERE
      position <= $11::bigint
      AND (
        $12::text IS NULL
        OR establishment = $12::text
      )
  ),
  page AS MATERIALIZED (
    SELECT
      *
    FROM
      items
    WHERE
      position > $13::bigint
    ORDER BY
      position
    LIMIT
      $14::integer
  )
SELECT
  entry.ticket_id,
  entry.establishment,
  entry.position,
  entry.occurred_at,
  entry.recorded_at,
  entry.delta,
  undone.position AS undone_position,
  undone.occurred_at AS undone_occurred_at,
  undone.recorded_at AS undone_recorded_at
FROM
  page AS entry
  LEFT JOIN LATERAL (
    SELECT
      position,
      occurred_at,
      recorded_at
    FROM
      (
        SELECT
          *
        FROM
          billets_quotidiens.figure_entries AS own
        WHERE
          own.ticket_id = entry.ticket_id
        OFFSET
          0
      ) AS later
    WHERE
      entry.delta > 0
      AND later.position > entry.position
      AND later.position <= $15::bigint
      AND later.figure IN ('resolvedSameDay', 'resolvedAnotherDay')
      AND later.opened_at >= $16::timestamptz
      AND later.opened_at < $17::timestamptz
      AND later.occurred_at >= $18::timestamptz
      AND later.occurred_at < $19::timestamptz
      AND later.delta < 0
    ORDER BY
      position
    LIMIT
      1
  ) AS undone ON true
ORDER BY
  entry.position;

-- selectFigureItems: backlog
WITH
  around AS (
    SELECT
      ($1::date + 1)::timestamp AT TIME ZONE 'UTC' - interval '15 hours' AS earliest,
      ($1::date + 1)::timestamp AT TIME ZONE 'UTC' + interval '13 hours' AS latest
  ),
  items AS (
    SELECT
      ticket_id,
      establishment,
      from_position AS position,
      from_at AS occurred_at,
      from_recorded_at AS recorded_at,
      1 AS delta
    FROM
      (
        SELECT
          spell.*
        FROM
          around,
          (
            VALUES
              (0::smallint, interval '4 hours'),
              (1::smallint, interval '16 hours'),
              (2::smallint, interval '64 hours'),
              (3::smallint, interval '256 hours'),
              (4::smallint, interval '1024 hours'),
              (5::smallint, interval '4096 hours'),
              (6::smallint, interval '16384 hours'),
              (7::smallint, interval '1000 years')
          ) AS class (number, longest),
          (
            VALUES
              (false),
              (true)
          ) AS changed (priority)
          CROSS JOIN LATERAL (
            SELECT
              *
            FROM
              billets_quotidiens.activity_spells
            WHERE
              reprioritized = changed.priority
              AND length_class = class.number
              AND from_at >= around.earliest - class.longest
              AND from_at <= around.latest
              AND until_at >= around.earliest
            OFFSET
              0
          ) AS spell
        WHERE
          until_position <= $2::bigint
          AND until_day > $1::date
        UNION ALL
        SELECT
          *
        FROM
          billets_quotidiens.activity_spells
        WHERE
          int8range (from_position, until_position) @> $2::bigint
          AND until_position IS NOT NULL
      ) AS spell
    WHERE
      from_day <= $1::date
      AND from_position > $3::bigint
      AND (
        $4::text IS NULL
        OR establishment = $4::text
      )
    UNION ALL
    SELECT
      ticket_id,
      establishment,
      from_position,
      from_at,
      from_recorded_at,
      1
    FROM
      (
        SELECT
          spell.*
        FROM
          generate_series(
            (
              SELECT
                extract(
                  year
                  FROM
                    from_day
                )
              FROM
                billets_quotidiens.activity_spells
              WHERE
                until_at IS NULL
                AND (
                  $4::text IS NULL
                  OR establishment = $4::text
                )
              ORDER BY
                extract(
                  year
                  FROM
                    from_day
                )
              LIMIT
                1
            ),
            extract(
              year
              FROM
                $1::date
            )
          ) AS begun (year)
          CROSS JOIN LATERAL (
            SELECT
              *
            FROM
              billets_quotidiens.activity_spells
            WHERE
              until_at IS NULL
              AND (
                $4::text IS NULL
                OR establishment = $4::text
              )
              AND extract(
                year
                FROM
                  from_day
              ) = begun.year
              AND from_position <= $2::bigint
              AND from_day <= $1::date
              AND from_position > $3::bigint
            ORDER BY
              from_position
            LIMIT
              $5::integer
          ) AS spell
      ) AS spell
  ),
  page AS (
    SELECT
      *
    FROM
      items
    WHERE
      position > $6::bigint
    ORDER BY
      position
    LIMIT
      $7::integer
  )
SELECT
  *,
  NULL AS undone_position
FROM
  page
ORDER BY
  position;

-- selectFigureItems: backlog of one establishment
WITH
  around AS (
    SELECT
      ($1::date + 1)::timestamp AT TIME ZONE 'UTC' - interval '15 hours' AS earliest,
      ($1::date + 1)::timestamp AT TIME ZONE 'UTC' + interval '13 hours' AS latest
  ),
  items AS (
    SELECT
      ticket_id,
      establishment,
      from_position AS position,
      from_at AS occurred_at,
      from_recorded_at AS recorded_at,
      1 AS delta
    FROM
      (
        SELECT
          spell.*
        FROM
          around,
          (
            VALUES
              (0::smallint, interval '4 hours'),
              (1::smallint, interval '16 hours'),
              (2::smallint, interval '64 hours'),
              (3::smallint, interval '256 hours'),
              (4::smallint, interval '1024 hours'),
              (5::smallint, interval '4096 hours'),
              (6::smallint, interval '16384 hours'),
              (7::smallint, interval '1000 years')
          ) AS class (number, longest),
          (
            VALUES
              (false),
              (true)
          ) AS changed (priority)
          CROSS JOIN LATERAL (
            SELECT
              *
            FROM
              billets_quotidiens.activity_spells
            WHERE
              reprioritized = changed.priority
              AND length_class = class.number
              AND from_at >= around.earliest - class.longest
              AND from_at <= around.latest
              AND until_at >= around.earliest
            OFFSET
              0
          ) AS spell
        WHERE
          until_position <= $2::bigint
          AND until_day > $1::date
        UNION ALL
        SELECT
          *
        FROM
          billets_quotidiens.activity_spells
        WHERE
          int8range (from_position, until_position) @> $2::bigint
          AND until_position IS NOT NULL
      ) AS spell
    WHERE
      from_day <= $1::date
      AND from_position > $3::bigint
      AND (
        $4::text IS NULL
        OR establishment = $4::text
      )
    UNION ALL
    SELECT
      ticket_id,
      establishment,
      from_position,
      from_at,
      from_recorded_at,
      1
    FROM
      (
        SELECT
          spell.*
        FROM
          generate_series(
            (
              SELECT
                extract(
                  year
                  FROM
                    from_day
                )
              FROM
                billets_quotidiens.activity_spells
              WHERE
                until_at IS NULL
                AND (
                  $4::text IS NULL
                  OR establishment = $4::text
                )
              ORDER BY
                extract(
                  year
                  FROM
                    from_day
                )
              LIMIT
                1
            ),
            extract(
              year
              FROM
                $1::date
            )
          ) AS begun (year)
          CROSS JOIN LATERAL (
            SELECT
              *
            FROM
              billets_quotidiens.activity_spells
            WHERE
              until_at IS NULL
              AND (
                $4::text IS NULL
                OR establishment = $4::text
              )
              AND extract(
                year
                FROM
                  from_day
              ) = begun.year
              AND from_position <= $2::bigint
              AND from_day <= $1::date
              AND from_position > $3::bigint
            ORDER BY
              from_position
            LIMIT
              $5::integer
          ) AS spell
      ) AS spell
  ),
  page AS (
    SELECT
      *
    FROM
      items
    WHERE
      position > $6::bigint
    ORDER BY
      position
    LIMIT
      $7::integer
  )
SELECT
  *,
  NULL AS undone_position
FROM
  page
ORDER BY
  position;

-- selectFigureItems: backlog, by the day of one zone
WITH
  around AS (
    SELECT
      $1::timestamptz AS earliest,
      $1::timestamptz AS latest
  ),
  items AS (
    SELECT
      ticket_id,
      establishment,
      from_position AS position,
      from_at AS occurred_at,
      from_recorded_at AS recorded_at,
      1 AS delta
    FROM
      (
        SELECT
          spell.*
        FROM
          around,
          (
            VALUES
              (0::smallint, interval '4 hours'),
              (1::smallint, interval '16 hours'),
              (2::smallint, interval '64 hours'),
              (3::smallint, interval '256 hours'),
              (4::smallint, interval '1024 hours'),
              (5::smallint, interval '4096 hours'),
              (6::smallint, interval '16384 hours'),
              (7::smallint, interval '1000 years')
          ) AS class (number, longest),
          (
            VALUES
              (false),
              (true)
          ) AS changed (priority)
          CROSS JOIN LATERAL (
            SELECT
              *
            FROM
              billets_quotidiens.activity_spells
            WHERE
              reprioritized = changed.priority
              AND length_class = class.number
              AND from_at >= around.earliest - class.longest
              AND from_at <= around.latest
              AND until_at >= around.earliest
            OFFSET
              0
          ) AS spell
        WHERE
          until_position <= $2::bigint
          AND until_at >= $1::timestamptz
        UNION ALL
        SELECT
          *
        FROM
          billets_quotidiens.activity_spells
        WHERE
          int8range (from_position, until_position) @> $2::bigint
          AND until_position IS NOT NULL
      ) AS spell
    WHERE
      from_at < $1::timestamptz
      AND from_day <= $3::date + 2
      AND from_position > $4::bigint
      AND (
        $5::text IS NULL
        OR establishment = $5::text
      )
    UNION ALL
    SELECT
      ticket_id,
      establishment,
      from_position,
      from_at,
      from_recorded_at,
      1
    FROM
      (
        SELECT
          spell.*
        FROM
          generate_series(
            (
              SELECT
                extract(
                  year
                  FROM
                    from_day
                )
              FROM
                billets_quotidiens.activity_spells
              WHERE
                until_at IS NULL
                AND (
                  $5::text IS NULL
                  OR establishment = $5::text
                )
              ORDER BY
                extract(
                  year
                  FROM
                    from_day
                )
              LIMIT
                1
            ),
            extract(
              year
              FROM
                $3::date + 2
            )
          ) AS begun (year)
          CROSS JOIN LATERAL (
            SELECT
              *
            FROM
              billets_quotidiens.activity_spells
            WHERE
              until_at IS NULL
              AND (
                $5::text IS NULL
                OR establishment = $5::text
              )
              AND extract(
                year
                FROM
                  from_day
              ) = begun.year
              AND from_position <= $2::bigint
              AND from_at < $1::timestamptz
              AND from_day <= $3::date + 2
              AND from_position > $4::bigint
            ORDER BY
              from_position
            LIMIT
              $6::integer
          ) AS spell
      ) AS spell
  ),
  page AS (
    SELECT
      *
    FROM
      items
    WHERE
      position > $7::bigint
    ORDER BY
      position
    LIMIT
      $8::integer
  )
SELECT
  *,
  NULL AS undone_position
FROM
  page
ORDER BY
  position;

-- selectFigureSum: opened
WITH
  counted AS MATERIALIZED (
    SELECT
      *
    FROM
      billets_quotidiens.figure_entries AS entry
    WHERE
      time_zone = ANY (
        ARRAY(
          SELECT DISTINCT
            time_zone
          FROM
            billets_quotidiens.recorded_figures
          WHERE
            day = $1::date
        )
      )
      AND day = $1::date
      AND entry.figure = 'opened'
  ),
  items AS (
    SELECT
      *
    FROM
      counted
    WHERE
      position <= $2::bigint
      AND (
        $3::text IS NULL
        OR establishment = $3::text
      )
  )
SELECT
  count(*)::integer AS items,
  coalesce(
    sum(delta) FILTER (
      WHERE
        delta > 0
    ),
    0
  )::integer AS added,
  coalesce(
    - sum(delta) FILTER (
      WHERE
        delta < 0
    ),
    0
  )::integer AS "takenBack"
FROM
  items;

-- selectFigureSum: backlog
WITH
  around AS (
    SELECT
      ($1::date + 1)::timestamp AT TIME ZONE 'UTC' - interval '15 hours' AS earliest,
      ($1::date + 1)::timestamp AT TIME ZONE 'UTC' + interval '13 hours' AS latest
  ),
  items AS (
    SELECT
      ticket_id,
      establishment,
      from_position AS position,
      from_at AS occurred_at,
      from_recorded_at AS recorded_at,
      1 AS delta
    FROM
      (
        SELECT
          spell.*
        FROM
          around,
          (
            VALUES
              (0::smallint, interval '4 hours'),
              (1::smallint, interval '16 hours'),
              (2::smallint, interval '64 hours'),
              (3::smallint, interval '256 hours'),
              (4::smallint, interval '1024 hours'),
              (5::smallint, interval '4096 hours'),
              (6::smallint, interval '16384 hours'),
              (7::smallint, interval '1000 years')
          ) AS class (number, longest),
          (
            VALUES
              (false),
              (true)
          ) AS changed (priority)
          CROSS JOIN LATERAL (
            SELECT
              *
            FROM
              billets_quotidiens.activity_spells
            WHERE
              reprioritized = changed.priority
              AND length_class = class.number
              AND from_at >= around.earliest - class.longest
              AND from_at <= around.latest
              AND until_at >= around.earliest
            OFFSET
              0
          ) AS spell
        WHERE
          until_position <= $2::bigint
          AND until_day > $1::date
        UNION ALL
        SELECT
          *
        FROM
          billets_quotidiens.activity_spells
        WHERE
          int8range (from_position, until_position) @> $2::bigint
          AND until_position IS NOT NULL
      ) AS spell
    WHERE
      from_day <= $1::date
      AND (
        $3::text IS NULL
        OR establishment = $3::text
      )
    UNION ALL
    SELECT
      ticket_id,
      establishment,
      from_position,
      from_at,
      from_recorded_at,
      1
    FROM
      (
        SELECT
          *
        FROM
          billets_quotidiens.activity_spells
        WHERE
          until_at IS NULL
          AND (
            $3::text IS NULL
            OR establishment = $3::text
          )
          AND from_position <= $2::bigint
          AND from_day <= $1::date
      ) AS spell
  )
SELECT
  count(*)::integer AS items,
  coalesce(
    sum(delta) FILTER (
      WHERE
        delta > 0
    ),
    0
  )::integer AS added,
  coalesce(
    - sum(delta) FILTER (
      WHERE
        delta < 0
    ),
    0
  )::integer AS "takenBack"
FROM
  items;

-- selectLastCountedDay
SELECT
  day::text AS day
FROM
  billets_quotidiens.daily_figures
WHERE
  day <= $1::date
  AND opened > 0
ORDER BY
  daily_figures.day DESC
LIMIT
  1;

-- selectZonesOfDay
SELECT DISTINCT
  time_zone
FROM
  billets_quotidiens.recorded_figures
WHERE
  day = $1::date;

-- selectCountsUntil
SELECT
  NULL AS figure,
  NULL::integer AS sum,
  position
FROM
  projections.served
WHERE
  name = $1
UNION ALL
SELECT
  entry.figure,
  sum(entry.delta)::integer,
  NULL
FROM
  unnest($2::text[], $3::timestamptz[]) AS cut (time_zone, until)
  JOIN billets_quotidiens.figure_entries AS entry ON entry.time_zone = cut.time_zone
  AND entry.day = $4::date
  AND entry.occurred_at <= cut.until
WHERE
  entry.position <= $5::bigint
  AND entry.figure <> 'resolvedAnotherDay'
GROUP BY
  1;

-- selectActive
WITH
  active AS (
    SELECT
      establishment,
      priority,
      'gt7d' AS age,
      sum(tickets) AS tickets
    FROM
      billets_quotidiens.open_spells
    WHERE
      from_month < date_trunc('month', ($1::timestamptz - interval '168 hours') AT TIME ZONE 'UTC')
      AND (
        $2::text IS NULL
        OR establishment = $2::text
      )
    GROUP BY
      1,
      2
    UNION ALL
    SELECT
      establishment,
      priority,
      CASE
        WHEN opened_at > $1::timestamptz - interval '24 hours' THEN 'lt1d'
        WHEN opened_at > $1::timestamptz - interval '72 hours' THEN 'd1to3'
        WHEN opened_at > $1::timestamptz - interval '168 hours' THEN 'd3to7'
        ELSE 'gt7d'
      END,
      count(*)
    FROM
      (
        SELECT
          establishment,
          priority,
          opened_at
        FROM
          billets_quotidiens.activity_spells
        WHERE
          reprioritized = false
          AND length_class = 8
          AND from_at <= $1::timestamptz
          AND (
            $2::text IS NULL
            OR establishment = $2::text
          )
          AND from_at >= date_trunc('month', ($1::timestamptz - interval '168 hours') AT TIME ZONE 'UTC') AT TIME ZONE 'UTC'
        UNION ALL
        SELECT
          spell.*
        FROM
          (
            VALUES
              (0::smallint, interval '4 hours'),
              (1::smallint, interval '16 hours'),
              (2::smallint, interval '64 hours'),
              (3::smallint, interval '256 hours'),
              (4::smallint, interval '1024 hours'),
              (5::smallint, interval '4096 hours'),
              (6::smallint, interval '16384 hours'),
              (7::smallint, interval '1000 years')
          ) AS class (number, longest)
          CROSS JOIN LATERAL (
            SELECT
              establishment,
              priority,
              opened_at
            FROM
              billets_quotidiens.activity_spells
            WHERE
              reprioritized = false
              AND length_class = class.number
              AND from_at > $1::timestamptz - class.longest
              AND from_at <= $1::timestamptz
              AND until_at > $1::timestamptz
              AND (
                $2::text IS NULL
                OR establishment = $2::text
              )
            OFFSET
              0
          ) AS spell
      ) AS unchanged
    GROUP BY
      1,
      2,
      3
    UNION ALL
    SELECT
      spell.establishment,
      coalesce(changed.priority, spell.priority),
      CASE
        WHEN opened_at > $1::timestamptz - interval '24 hours' THEN 'lt1d'
        WHEN opened_at > $1::timestamptz - interval '72 hours' THEN 'd1to3'
        WHEN opened_at > $1::timestamptz - interval '168 hours' THEN 'd3to7'
        ELSE 'gt7d'
      END,
      1
    FROM
      (
        SELECT
          ticket_id,
          establishment,
          priority,
          opened_at
        FROM
          billets_quotidiens.activity_spells
        WHERE
          reprioritized = true
          AND length_class = 8
          AND from_at <= $1::timestamptz
          AND (
            $2::text IS NULL
            OR establishment = $2::text
          )
        UNION ALL
        SELECT
          spell.*
        FROM
          (
            VALUES
              (0::smallint, interval '4 hours'),
              (1::smallint, interval '16 hours'),
              (2::smallint, interval '64 hours'),
              (3::smallint, interval '256 hours'),
              (4::smallint, interval '1024 hours'),
              (5::smallint, interval '4096 hours'),
              (6::smallint, interval '16384 hours'),
              (7::smallint, interval '1000 years')
          ) AS class (number, longest)
          CROSS JOIN LATERAL (
            SELECT
              ticket_id,
              establishment,
              priority,
              opened_at
            FROM
              billets_quotidiens.activity_spells
            WHERE
              reprioritized = true
              AND length_class = class.number
              AND from_at > $1::timestamptz - class.longest
              AND from_at <= $1::timestamptz
              AND until_at > $1::timestamptz
              AND (
                $2::text IS NULL
                OR establishment = $2::text
              )
            OFFSET
              0
          ) AS spell
      ) AS spell
      LEFT JOIN LATERAL (
        SELECT
          priority
        FROM
          billets_quotidiens.priority_changes AS change
        WHERE
          change.ticket_id = spell.ticket_id
          AND change.occurred_at <= $1::timestamptz
        ORDER BY
          change.position DESC
        LIMIT
          1
      ) AS changed ON true
  )
SELECT
  served.position,
  served.incomplete,
  counted.*
FROM
  projections.served AS served
  LEFT JOIN (
    SELECT
      establishment,
      priority,
      age,
      sum(tickets)::integer AS tickets
    FROM
      active
    GROUP BY
      1,
      2,
      3
  ) AS counted ON true
WHERE
  served.name = $3::text;

-- selectServedPosition
SELECT
  min(position) AS position
FROM
  projections.served
WHERE
  name = ANY ($1::text[]);

-- selectPositionAt
SELECT
  (
    SELECT
      greatest(
        (
          SELECT
            max(last_position)
          FROM
            billets_quotidiens.recorded_days
          WHERE
            recorded_day < (
              (
                SELECT
                  $1::timestamptz
              ) AT TIME ZONE 'UTC'
            )::date
        ),
        (
          SELECT
            max(last_position)
          FROM
            billets_quotidiens.recorded_hours
          WHERE
            recorded_hour >= date_trunc(
              'day',
              (
                SELECT
                  $1::timestamptz
              ),
              'UTC'
            )
            AND recorded_hour < date_trunc(
              'hour',
              (
                SELECT
                  $1::timestamptz
              ),
              'UTC'
            )
        ),
        (
          SELECT
            entry.position
          FROM
            billets_quotidiens.recorded_hours AS amid
            CROSS JOIN LATERAL (
              SELECT
                position
              FROM
                billets_quotidiens.figure_entries
              WHERE
                position BETWEEN amid.first_position AND amid.last_position
                AND recorded_at <= (
                  SELECT
                    $1::timestamptz
                )
              ORDER BY
                position DESC
              LIMIT
                1
            ) AS entry
          WHERE
            amid.recorded_hour = date_trunc(
              'hour',
              (
                SELECT
                  $1::timestamptz
              ),
              'UTC'
            )
        )
      )
  ) AS position;

-- selectPublishedBulletins: by date
SELECT DISTINCT
  bulletin::text AS date
FROM
  billets_quotidiens.published_days
WHERE
  published_days.withdrawn_position IS NULL
ORDER BY
  date DESC
LIMIT
  $1::integer;

-- selectPublishedBulletins: by change
SELECT
  bulletin::text AS date
FROM
  billets_quotidiens.published_days
GROUP BY
  bulletin
ORDER BY
  max(greatest(recorded_at, withdrawn_at)) DESC
LIMIT
  $1::integer;

-- selectLateEvents: of all establishments
WITH
  published AS (
    SELECT
      day,
      max(position) AS position
    FROM
      billets_quotidiens.published_days
    WHERE
      day BETWEEN $1::date AND $2::date
    GROUP BY
      day
  ),
  counted AS (
    SELECT
      recorded.*,
      published.position AS published_position
    FROM
      billets_quotidiens.recorded_figures AS recorded
      LEFT JOIN published USING (day)
    WHERE
      day BETWEEN $1::date AND $2::date
      AND (
        $3::text IS NULL
        OR establishment = $3::text
      )
  )
SELECT
  day::text,
  sum(after_close)::integer AS after_close,
  CASE
    WHEN day IN (
      SELECT
        day
      FROM
        published
    ) THEN sum(after_publication)::integer
  END AS after_publication
FROM
  (
    SELECT
      day,
      late_events_of_day AS after_close,
      CASE
        WHEN first_position > published_position THEN events_of_day
        ELSE 0
      END AS after_publication
    FROM
      counted
    UNION ALL
    SELECT
      day,
      0,
      count(*)
    FROM
      counted
      JOIN billets_quotidiens.figure_entries AS entry USING (time_zone, day, establishment)
    WHERE
      counted.first_position <= counted.published_position
      AND counted.last_position > counted.published_position
      AND entry.position > counted.published_position
      AND entry.position <= counted.last_position
      AND (entry.recorded_at AT TIME ZONE 'UTC')::date = counted.recorded_day
      AND entry.first_of_day
    GROUP BY
      day
  ) AS late
GROUP BY
  day
HAVING
  sum(after_close) > 0
  OR sum(after_publication) > 0;

-- selectLateEvents: of one
WITH
  published AS (
    SELECT
      day,
      max(position) AS position
    FROM
      billets_quotidiens.published_days
    WHERE
      day BETWEEN $1::date AND $2::date
    GROUP BY
      day
  ),
  counted AS (
    SELECT
      recorded.*,
      published.position AS published_position
    FROM
      billets_quotidiens.recorded_figures AS recorded
      LEFT JOIN published USING (day)
    WHERE
      day BETWEEN $1::date AND $2::date
      AND (
        $3::text IS NULL
        OR establishment = $3::text
      )
  )
SELECT
  day::text,
  sum(after_close)::integer AS after_close,
  CASE
    WHEN day IN (
      SELECT
        day
      FROM
        published
    ) THEN sum(after_publication)::integer
  END AS after_publication
FROM
  (
    SELECT
      day,
      late_events AS after_close,
      CASE
        WHEN first_position > published_position THEN events
        ELSE 0
      END AS after_publication
    FROM
      counted
    UNION ALL
    SELECT
      day,
      0,
      count(*)
    FROM
      counted
      JOIN billets_quotidiens.figure_entries AS entry USING (time_zone, day, establishment)
    WHERE
      counted.first_position <= counted.published_position
      AND counted.last_position > counted.published_position
      AND entry.position > counted.published_position
      AND entry.position <= counted.last_position
      AND (entry.recorded_at AT TIME ZONE 'UTC')::date = counted.recorded_day
      AND entry.first_of_establishment
    GROUP BY
      day
  ) AS late
GROUP BY
  day
HAVING
  sum(after_close) > 0
  OR sum(after_publication) > 0;

-- selectLateItems: of all establishments
WITH
  firsts AS MATERIALIZED (
    SELECT
      ticket_id,
      position,
      occurred_at,
      recorded_at,
      establishment,
      recorded_at >= ($1::date + 1)::timestamp AT TIME ZONE time_zone AS after_close,
      coalesce(
        position > (
          SELECT
            max(position)
          FROM
            billets_quotidiens.published_days
          WHERE
            day = $1::date
        ),
        false
      ) AS after_publication
    FROM
      billets_quotidiens.figure_entries
    WHERE
      time_zone = ANY (
        ARRAY(
          SELECT DISTINCT
            time_zone
          FROM
            billets_quotidiens.recorded_figures
          WHERE
            day = $1::date
        )
      )
      AND day = $1::date
      AND first_of_day
  ),
  late AS (
    SELECT
      *
    FROM
      firsts
    WHERE
      (
        after_close
        OR after_publication
      )
      AND position <= $2::bigint
      AND (
        $3::text IS NULL
        OR establishment = $3::text
      )
  ),
  counted AS (
    SELECT
      count(*)::integer AS all_count,
      (
        count(*) FILTER (
          WHERE
            after_close
        )
      )::integer AS after_close_count,
      CASE
        WHEN EXISTS (
          SELECT
          FROM
            billets_quotidiens.published_days
          WHERE
            day = $1::date
        ) THEN (
          count(*) FILTER (
            WHERE
              after_publication
          )
        )::integer
      END AS after_publication_count
    FROM
      late
  ),
  page AS (
    SELECT
      *
    FROM
      late
    WHERE
      position > $4::bigint
    ORDER BY
      position
    LIMIT
      $5
  )
SELECT
  counted.*,
  page.ticket_id,
  page.position,
  page.occurred_at,
  page.recorded_at,
  page.after_close,
  page.after_publication,
  own.changes
FROM
  counted
  LEFT JOIN page ON true
  LEFT JOIN LATERAL (
    SELECT
      json_agg(
        json_build_object('establishment', establishment, 'figure', figure, 'delta', delta)
        ORDER BY
          establishment,
          array_position(
            ARRAY[
              'opened',
              'resolved',
              'resolvedSameDay',
              'reopened',
              'cancelled',
              'merged',
              'transferredIn',
              'transferredOut'
            ],
            figure
          )
      ) AS changes
    FROM
      billets_quotidiens.figure_entries AS entry
    WHERE
      entry.ticket_id = page.ticket_id
      AND entry.position = page.position
      AND entry.day = $1::date
      AND entry.figure = ANY (
        ARRAY[
          'opened',
          'resolved',
          'resolvedSameDay',
          'reopened',
          'cancelled',
          'merged',
          'transferredIn',
          'transferredOut'
        ]
      )
      AND (
        $3::text IS NULL
        OR entry.establishment = $3::text
      )
  ) AS own ON true
ORDER BY
  page.position;

-- selectLateItems: of one
WITH
  firsts AS MATERIALIZED (
    SELECT
      ticket_id,
      position,
      occurred_at,
      recorded_at,
      establishment,
      recorded_at >= ($1::date + 1)::timestamp AT TIME ZONE time_zone AS after_close,
      coalesce(
        position > (
          SELECT
            max(position)
          FROM
            billets_quotidiens.published_days
          WHERE
            day = $1::date
        ),
        false
      ) AS after_publication
    FROM
      billets_quotidiens.figure_entries
    WHERE
      time_zone = ANY (
        ARRAY(
          SELECT DISTINCT
            time_zone
          FROM
            billets_quotidiens.recorded_figures
          WHERE
            day = $1::date
        )
      )
      AND day = $1::date
      AND first_of_establishment
  ),
  late AS (
    SELECT
      *
    FROM
      firsts
    WHERE
      (
        after_close
        OR after_publication
      )
      AND position <= $2::bigint
      AND (
        $3::text IS NULL
        OR establishment = $3::text
      )
  ),
  counted AS (
    SELECT
      count(*)::integer AS all_count,
      (
        count(*) FILTER (
          WHERE
            after_close
        )
      )::integer AS after_close_count,
      CASE
        WHEN EXISTS (
          SELECT
          FROM
            billets_quotidiens.published_days
          WHERE
            day = $1::date
        ) THEN (
          count(*) FILTER (
            WHERE
              after_publication
          )
        )::integer
      END AS after_publication_count
    FROM
      late
  ),
  page AS (
    SELECT
      *
    FROM
      late
    WHERE
      position > $4::bigint
    ORDER BY
      position
    LIMIT
      $5
  )
SELECT
  counted.*,
  page.ticket_id,
  page.position,
  page.occurred_at,
  page.recorded_at,
  page.after_close,
  page.after_publication,
  own.changes
FROM
  counted
  LEFT JOIN page ON true
  LEFT JOIN LATERAL (
    SELECT
      json_agg(
        json_build_object('establishment', establishment, 'figure', figure, 'delta', delta)
        ORDER BY
          establishment,
          array_position(
            ARRAY[
              'opened',
              'resolved',
              'resolvedSameDay',
              'reopened',
              'cancelled',
              'merged',
              'transferredIn',
              'transferredOut'
            ],
            figure
          )
      ) AS changes
    FROM
      billets_quotidiens.figure_entries AS entry
    WHERE
      entry.ticket_id = page.ticket_id
      AND entry.position = page.position
      AND entry.day = $1::date
      AND entry.figure = ANY (
        ARRAY[
          'opened',
          'resolved',
          'resolvedSameDay',
          'reopened',
          'cancelled',
          'merged',
          'transferredIn',
          'transferredOut'
        ]
      )
      AND (
        $3::text IS NULL
        OR entry.establishment = $3::text
      )
  ) AS own ON true
ORDER BY
  page.position;

-- selectTransferBalance
SELECT
  coalesce(sum(transferred_in), 0)::integer AS "in",
  coalesce(sum(transferred_out), 0)::integer AS "out"
FROM
  billets_quotidiens.daily_figures;
