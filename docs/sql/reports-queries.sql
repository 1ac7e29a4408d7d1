-- The statements as they are sent, in each of their forms. Written by `npm run sql`; a test compares.

-- selectReport: responses
SELECT
  served.position,
  served.recorded_at,
  served.incomplete,
  counted.*
FROM
  projections.served AS served
  CROSS JOIN (
    SELECT
      'responses' AS report,
      level,
      key,
      tickets,
      timed,
      percentiles,
      d1,
      d3,
      d7
    FROM
      (
        WITH
          chosen AS MATERIALIZED (
            SELECT
              ticket_id,
              opened_position AS position,
              opened_establishment AS establishment,
              opened_day AS day,
              opened_at,
              opened_at AS began_at,
              responded_at AS ended_at,
              team,
              category,
              (
                extract(
                  epoch
                  FROM
                    responded_at - opened_at
                ) * 1000
              )::bigint AS duration
            FROM
              reports.versions AS version
            WHERE
              opened_day BETWEEN $1::date AND $2::date
              AND version.until_position IS NULL
          )
        SELECT
          'total' AS level,
          NULL AS key,
          count(*)::integer AS tickets,
          count(duration)::integer AS timed,
          percentile_disc(ARRAY[0.5, 0.9]) WITHIN GROUP (
            ORDER BY
              duration
          ) AS percentiles,
          count(*) FILTER (
            WHERE
              duration >= 86400000
          )::integer AS d1,
          count(*) FILTER (
            WHERE
              duration >= 259200000
          )::integer AS d3,
          count(*) FILTER (
            WHERE
              duration >= 604800000
          )::integer AS d7
        FROM
          chosen
      ) AS summed
  ) AS counted
WHERE
  served.name = $3::text;

-- selectReport: responses, as of a position, by team
SELECT
  served.position,
  served.recorded_at,
  served.incomplete,
  counted.*
FROM
  projections.served AS served
  CROSS JOIN (
    SELECT
      'responses' AS report,
      level,
      key,
      tickets,
      timed,
      percentiles,
      d1,
      d3,
      d7
    FROM
      (
        WITH
          chosen AS MATERIALIZED (
            SELECT
              ticket_id,
              opened_position AS position,
              opened_establishment AS establishment,
              opened_day AS day,
              opened_at,
              opened_at AS began_at,
              responded_at AS ended_at,
              team,
              category,
              (
                extract(
                  epoch
                  FROM
                    responded_at - opened_at
                ) * 1000
              )::bigint AS duration
            FROM
              reports.versions AS version
            WHERE
              opened_day BETWEEN $1::date AND $2::date
              AND version.from_position <= $3::bigint
              AND (
                version.until_position IS NULL
                OR version.until_position > $4::bigint
              )
          )
        SELECT
          'total' AS level,
          NULL AS key,
          count(*)::integer AS tickets,
          count(duration)::integer AS timed,
          percentile_disc(ARRAY[0.5, 0.9]) WITHIN GROUP (
            ORDER BY
              duration
          ) AS percentiles,
          count(*) FILTER (
            WHERE
              duration >= 86400000
          )::integer AS d1,
          count(*) FILTER (
            WHERE
              duration >= 259200000
          )::integer AS d3,
          count(*) FILTER (
            WHERE
              duration >= 604800000
          )::integer AS d7
        FROM
          chosen
        UNION ALL
        SELECT
          'group',
          team,
          count(*)::integer AS tickets,
          count(duration)::integer AS timed,
          percentile_disc(ARRAY[0.5, 0.9]) WITHIN GROUP (
            ORDER BY
              duration
          ) AS percentiles,
          count(*) FILTER (
            WHERE
              duration >= 86400000
          )::integer AS d1,
          count(*) FILTER (
            WHERE
              duration >= 259200000
          )::integer AS d3,
          count(*) FILTER (
            WHERE
              duration >= 604800000
          )::integer AS d7
        FROM
          chosen
        GROUP BY
          2
      ) AS summed
  ) AS counted
WHERE
  served.name = $5::text;

-- selectReport: resolutions, by establishment
SELECT
  served.position,
  served.recorded_at,
  served.incomplete,
  counted.*
FROM
  projections.served AS served
  CROSS JOIN (
    SELECT
      'resolutions' AS report,
      level,
      key,
      tickets,
      timed,
      percentiles,
      d1,
      d3,
      d7
    FROM
      (
        WITH
          chosen AS MATERIALIZED (
            SELECT
              ticket_id,
              position,
              establishment,
              resolved_day AS day,
              opened_at,
              opened_at AS began_at,
              resolved_at AS ended_at,
              (
                extract(
                  epoch
                  FROM
                    resolved_at - opened_at
                ) * 1000
              )::bigint AS duration
            FROM
              reports.resolutions AS resolution
            WHERE
              resolved_day BETWEEN $1::date AND $2::date
              AND position IS NOT NULL
          )
        SELECT
          'total' AS level,
          NULL AS key,
          count(*)::integer AS tickets,
          count(duration)::integer AS timed,
          percentile_disc(ARRAY[0.5, 0.9]) WITHIN GROUP (
            ORDER BY
              duration
          ) AS percentiles,
          count(*) FILTER (
            WHERE
              duration >= 86400000
          )::integer AS d1,
          count(*) FILTER (
            WHERE
              duration >= 259200000
          )::integer AS d3,
          count(*) FILTER (
            WHERE
              duration >= 604800000
          )::integer AS d7
        FROM
          chosen
        UNION ALL
        SELECT
          'group',
          establishment,
          count(*)::integer AS tickets,
          count(duration)::integer AS timed,
          percentile_disc(ARRAY[0.5, 0.9]) WITHIN GROUP (
            ORDER BY
              duration
          ) AS percentiles,
          count(*) FILTER (
            WHERE
              duration >= 86400000
          )::integer AS d1,
          count(*) FILTER (
            WHERE
              duration >= 259200000
          )::integer AS d3,
          count(*) FILTER (
            WHERE
              duration >= 604800000
          )::integer AS d7
        FROM
          chosen
        GROUP BY
          2
        UNION ALL
        SELECT
          'day',
          day::text,
          count(*)::integer AS tickets,
          count(duration)::integer AS timed,
          percentile_disc(ARRAY[0.5, 0.9]) WITHIN GROUP (
            ORDER BY
              duration
          ) AS percentiles,
          count(*) FILTER (
            WHERE
              duration >= 86400000
          )::integer AS d1,
          count(*) FILTER (
            WHERE
              duration >= 259200000
          )::integer AS d3,
          count(*) FILTER (
            WHERE
              duration >= 604800000
          )::integer AS d7
        FROM
          chosen
        GROUP BY
          2
      ) AS summed
    UNION ALL
    SELECT
      'responses' AS report,
      level,
      key,
      tickets,
      timed,
      percentiles,
      d1,
      d3,
      d7
    FROM
      (
        WITH
          chosen AS MATERIALIZED (
            SELECT
              ticket_id,
              opened_position AS position,
              opened_establishment AS establishment,
              opened_day AS day,
              opened_at,
              opened_at AS began_at,
              responded_at AS ended_at,
              team,
              category,
              (
                extract(
                  epoch
                  FROM
                    responded_at - opened_at
                ) * 1000
              )::bigint AS duration
            FROM
              reports.versions AS version
            WHERE
              opened_day BETWEEN $3::date AND $4::date
              AND version.until_position IS NULL
          )
        SELECT
          'total' AS level,
          NULL AS key,
          count(*)::integer AS tickets,
          count(duration)::integer AS timed,
          percentile_disc(ARRAY[0.5, 0.9]) WITHIN GROUP (
            ORDER BY
              duration
          ) AS percentiles,
          count(*) FILTER (
            WHERE
              duration >= 86400000
          )::integer AS d1,
          count(*) FILTER (
            WHERE
              duration >= 259200000
          )::integer AS d3,
          count(*) FILTER (
            WHERE
              duration >= 604800000
          )::integer AS d7
        FROM
          chosen
        UNION ALL
        SELECT
          'group',
          establishment,
          count(*)::integer AS tickets,
          count(duration)::integer AS timed,
          percentile_disc(ARRAY[0.5, 0.9]) WITHIN GROUP (
            ORDER BY
              duration
          ) AS percentiles,
          count(*) FILTER (
            WHERE
              duration >= 86400000
          )::integer AS d1,
          count(*) FILTER (
            WHERE
              duration >= 259200000
          )::integer AS d3,
          count(*) FILTER (
            WHERE
              duration >= 604800000
          )::integer AS d7
        FROM
          chosen
        GROUP BY
          2
        UNION ALL
        SELECT
          'day',
          day::text,
          count(*)::integer AS tickets,
          count(duration)::integer AS timed,
          percentile_disc(ARRAY[0.5, 0.9]) WITHIN GROUP (
            ORDER BY
              duration
          ) AS percentiles,
          count(*) FILTER (
            WHERE
              duration >= 86400000
          )::integer AS d1,
          count(*) FILTER (
            WHERE
              duration >= 259200000
          )::integer AS d3,
          count(*) FILTER (
            WHERE
              duration >= 604800000
          )::integer AS d7
        FROM
          chosen
        GROUP BY
          2
      ) AS summed
  ) AS counted
WHERE
  served.name = $5::text;

-- selectReport: resolutions of some establishments, as of a position, by team
SELECT
  served.position,
  served.recorded_at,
  served.incomplete,
  counted.*
FROM
  projections.served AS served
  CROSS JOIN (
    SELECT
      'resolutions' AS report,
      level,
      key,
      tickets,
      timed,
      percentiles,
      d1,
      d3,
      d7
    FROM
      (
        WITH
          chosen AS MATERIALIZED (
            SELECT
              one.*,
              ticket.team,
              ticket.category
            FROM
              (
                SELECT
                  ticket_id,
                  position,
                  establishment,
                  resolved_day AS day,
                  opened_at,
                  opened_at AS began_at,
                  resolved_at AS ended_at,
                  (
                    extract(
                      epoch
                      FROM
                        resolved_at - opened_at
                    ) * 1000
                  )::bigint AS duration
                FROM
                  reports.resolutions AS resolution
                WHERE
                  resolved_day BETWEEN $1::date AND $2::date
                  AND position <= $3::bigint
                  AND establishment = ANY ($4::text[])
              ) AS one
              CROSS JOIN LATERAL (
                SELECT
                  team,
                  category
                FROM
                  reports.versions AS version
                WHERE
                  version.ticket_id = one.ticket_id
                  AND version.from_position <= $5::bigint
                  AND (
                    version.until_position IS NULL
                    OR version.until_position > $6::bigint
                  )
                OFFSET
                  0
              ) AS ticket
          )
        SELECT
          'total' AS level,
          NULL AS key,
          count(*)::integer AS tickets,
          count(duration)::integer AS timed,
          percentile_disc(ARRAY[0.5, 0.9]) WITHIN GROUP (
            ORDER BY
              duration
          ) AS percentiles,
          count(*) FILTER (
            WHERE
              duration >= 86400000
          )::integer AS d1,
          count(*) FILTER (
            WHERE
              duration >= 259200000
          )::integer AS d3,
          count(*) FILTER (
            WHERE
              duration >= 604800000
          )::integer AS d7
        FROM
          chosen
        UNION ALL
        SELECT
          'group',
          team,
          count(*)::integer AS tickets,
          count(duration)::integer AS timed,
          percentile_disc(ARRAY[0.5, 0.9]) WITHIN GROUP (
            ORDER BY
              duration
          ) AS percentiles,
          count(*) FILTER (
            WHERE
              duration >= 86400000
          )::integer AS d1,
          count(*) FILTER (
            WHERE
              duration >= 259200000
          )::integer AS d3,
          count(*) FILTER (
            WHERE
              duration >= 604800000
          )::integer AS d7
        FROM
          chosen
        GROUP BY
          2
        UNION ALL
        SELECT
          'day',
          day::text,
          count(*)::integer AS tickets,
          count(duration)::integer AS timed,
          percentile_disc(ARRAY[0.5, 0.9]) WITHIN GROUP (
            ORDER BY
              duration
          ) AS percentiles,
          count(*) FILTER (
            WHERE
              duration >= 86400000
          )::integer AS d1,
          count(*) FILTER (
            WHERE
              duration >= 259200000
          )::integer AS d3,
          count(*) FILTER (
            WHERE
              duration >= 604800000
          )::integer AS d7
        FROM
          chosen
        GROUP BY
          2
      ) AS summed
    UNION ALL
    SELECT
      'responses' AS report,
      level,
      key,
      tickets,
      timed,
      percentiles,
      d1,
      d3,
      d7
    FROM
      (
        WITH
          chosen AS MATERIALIZED (
            SELECT
              ticket_id,
              opened_position AS position,
              opened_establishment AS establishment,
              opened_day AS day,
              opened_at,
              opened_at AS began_at,
              responded_at AS ended_at,
              team,
              category,
              (
                extract(
                  epoch
                  FROM
                    responded_at - opened_at
                ) * 1000
              )::bigint AS duration
            FROM
              reports.versions AS version
            WHERE
              opened_day BETWEEN $7::date AND $8::date
              AND version.from_position <= $9::bigint
              AND (
                version.until_position IS NULL
                OR version.until_position > $10::bigint
              )
              AND opened_establishment = ANY ($11::text[])
          )
        SELECT
          'total' AS level,
          NULL AS key,
          count(*)::integer AS tickets,
          count(duration)::integer AS timed,
          percentile_disc(ARRAY[0.5, 0.9]) WITHIN GROUP (
            ORDER BY
              duration
          ) AS percentiles,
          count(*) FILTER (
            WHERE
              duration >= 86400000
          )::integer AS d1,
          count(*) FILTER (
            WHERE
              duration >= 259200000
          )::integer AS d3,
          count(*) FILTER (
            WHERE
              duration >= 604800000
          )::integer AS d7
        FROM
          chosen
        UNION ALL
        SELECT
          'group',
          team,
          count(*)::integer AS tickets,
          count(duration)::integer AS timed,
          percentile_disc(ARRAY[0.5, 0.9]) WITHIN GROUP (
            ORDER BY
              duration
          ) AS percentiles,
          count(*) FILTER (
            WHERE
              duration >= 86400000
          )::integer AS d1,
          count(*) FILTER (
            WHERE
              duration >= 259200000
          )::integer AS d3,
          count(*) FILTER (
            WHERE
              duration >= 604800000
          )::integer AS d7
        FROM
          chosen
        GROUP BY
          2
        UNION ALL
        SELECT
          'day',
          day::text,
          count(*)::integer AS tickets,
          count(duration)::integer AS timed,
          percentile_disc(ARRAY[0.5, 0.9]) WITHIN GROUP (
            ORDER BY
              duration
          ) AS percentiles,
          count(*) FILTER (
            WHERE
              duration >= 86400000
          )::integer AS d1,
          count(*) FILTER (
            WHERE
              duration >= 259200000
          )::integer AS d3,
          count(*) FILTER (
            WHERE
              duration >= 604800000
          )::integer AS d7
        FROM
          chosen
        GROUP BY
          2
      ) AS summed
  ) AS counted
WHERE
  served.name = $12::text;

-- selectReport: ageing
SELECT
  served.position,
  served.recorded_at,
  served.incomplete,
  counted.*
FROM
  projections.served AS served
  CROSS JOIN (
    SELECT
      'ageing' AS report,
      level,
      key,
      tickets,
      timed,
      percentiles,
      d1,
      d3,
      d7
    FROM
      (
        WITH
          chosen AS MATERIALIZED (
            SELECT
              ticket_id,
              from_position AS position,
              establishment,
              $1::date AS day,
              opened_at,
              opened_at AS began_at,
              measured.at AS ended_at,
              (
                extract(
                  epoch
                  FROM
                    greatest(measured.at - opened_at, '0')
                ) * 1000
              )::bigint AS duration
            FROM
              (
                SELECT
                  *
                FROM
                  reports.spells AS spell
                WHERE
                  daterange (from_day, until_day) @> $2::date
              ) AS spell
              LEFT JOIN unnest($3::text[], $4::timestamptz[]) AS zone(name, ends_at) ON zone.name = spell.time_zone
              CROSS JOIN LATERAL (
                SELECT
                  least($5::timestamptz, coalesce(zone.ends_at, ($6::date + 1)::timestamp AT TIME ZONE spell.time_zone)) AS at
              ) AS measured
            WHERE
              true
          )
        SELECT
          'total' AS level,
          NULL AS key,
          count(*)::integer AS tickets,
          count(duration)::integer AS timed,
          percentile_disc(ARRAY[0.5, 0.9]) WITHIN GROUP (
            ORDER BY
              duration
          ) AS percentiles,
          count(*) FILTER (
            WHERE
              duration >= 86400000
          )::integer AS d1,
          count(*) FILTER (
            WHERE
              duration >= 259200000
          )::integer AS d3,
          count(*) FILTER (
            WHERE
              duration >= 604800000
          )::integer AS d7
        FROM
          chosen
      ) AS summed
  ) AS counted
WHERE
  served.name = $7::text;

-- selectReport: ageing, as of a position, by category
SELECT
  served.position,
  served.recorded_at,
  served.incomplete,
  counted.*
FROM
  projections.served AS served
  CROSS JOIN (
    SELECT
      'ageing' AS report,
      level,
      key,
      tickets,
      timed,
      percentiles,
      d1,
      d3,
      d7
    FROM
      (
        WITH
          chosen AS MATERIALIZED (
            SELECT
              one.*,
              ticket.team,
              ticket.category
            FROM
              (
                SELECT
                  ticket_id,
                  from_position AS position,
                  establishment,
                  $1::date AS day,
                  opened_at,
                  opened_at AS began_at,
                  measured.at AS ended_at,
                  (
                    extract(
                      epoch
                      FROM
                        greatest(measured.at - opened_at, '0')
                    ) * 1000
                  )::bigint AS duration
                FROM
                  (
                    SELECT
                      *
                    FROM
                      reports.spells AS spell
                    WHERE
                      daterange (from_day, until_day) @> $2::date
                      AND from_position <= $3::bigint
                    UNION ALL
                    SELECT
                      *
                    FROM
                      reports.spells AS spell
                    WHERE
                      int8range (from_position, until_position) @> $3::bigint
                      AND from_day <= $2::date
                      AND NOT daterange (from_day, until_day) @> $2::date
                  ) AS spell
                  LEFT JOIN unnest($4::text[], $5::timestamptz[]) AS zone(name, ends_at) ON zone.name = spell.time_zone
                  CROSS JOIN LATERAL (
                    SELECT
                      least($6::timestamptz, coalesce(zone.ends_at, ($7::date + 1)::timestamp AT TIME ZONE spell.time_zone)) AS at
                  ) AS measured
                WHERE
                  true
              ) AS one
              CROSS JOIN LATERAL (
                SELECT
                  team,
                  category
                FROM
                  reports.versions AS version
                WHERE
                  version.ticket_id = one.ticket_id
                  AND version.from_position <= $8::bigint
                  AND (
                    version.until_position IS NULL
                    OR version.until_position > $9::bigint
                  )
                OFFSET
                  0
              ) AS ticket
          )
        SELECT
          'total' AS level,
          NULL AS key,
          count(*)::integer AS tickets,
          count(duration)::integer AS timed,
          percentile_disc(ARRAY[0.5, 0.9]) WITHIN GROUP (
            ORDER BY
              duration
          ) AS percentiles,
          count(*) FILTER (
            WHERE
              duration >= 86400000
          )::integer AS d1,
          count(*) FILTER (
            WHERE
              duration >= 259200000
          )::integer AS d3,
          count(*) FILTER (
            WHERE
              duration >= 604800000
          )::integer AS d7
        FROM
          chosen
        UNION ALL
        SELECT
          'group',
          category,
          count(*)::integer AS tickets,
          count(duration)::integer AS timed,
          percentile_disc(ARRAY[0.5, 0.9]) WITHIN GROUP (
            ORDER BY
              duration
          ) AS percentiles,
          count(*) FILTER (
            WHERE
              duration >= 86400000
          )::integer AS d1,
          count(*) FILTER (
            WHERE
              duration >= 259200000
          )::integer AS d3,
          count(*) FILTER (
            WHERE
              duration >= 604800000
          )::integer AS d7
        FROM
          chosen
        GROUP BY
          2
      ) AS summed
  ) AS counted
WHERE
  served.name = $10::text;

-- selectReport: reopened, as of a position, by day
SELECT
  served.position,
  served.recorded_at,
  served.incomplete,
  counted.*
FROM
  projections.served AS served
  CROSS JOIN (
    SELECT
      'reopened' AS report,
      level,
      key,
      tickets,
      timed,
      percentiles,
      d1,
      d3,
      d7
    FROM
      (
        WITH
          chosen AS MATERIALIZED (
            SELECT
              ticket_id,
              position,
              establishment,
              resolved_day AS day,
              opened_at,
              resolved_at AS began_at,
              undone.reopened_at AS ended_at,
              (
                extract(
                  epoch
                  FROM
                    undone.reopened_at - resolved_at
                ) * 1000
              )::bigint AS duration
            FROM
              reports.resolutions AS resolution
              CROSS JOIN LATERAL (
                SELECT
                  CASE
                    WHEN reopened_position <= $1::bigint THEN reopened_at
                  END AS reopened_at
              ) AS undone
            WHERE
              resolved_day BETWEEN $2::date AND $3::date
              AND position <= $4::bigint
          )
        SELECT
          'total' AS level,
          NULL AS key,
          count(*)::integer AS tickets,
          count(duration)::integer AS timed,
          percentile_disc(ARRAY[0.5, 0.9]) WITHIN GROUP (
            ORDER BY
              duration
          ) AS percentiles,
          count(*) FILTER (
            WHERE
              duration >= 86400000
          )::integer AS d1,
          count(*) FILTER (
            WHERE
              duration >= 259200000
          )::integer AS d3,
          count(*) FILTER (
            WHERE
              duration >= 604800000
          )::integer AS d7
        FROM
          chosen
        UNION ALL
        SELECT
          'group',
          day::text,
          count(*)::integer AS tickets,
          count(duration)::integer AS timed,
          percentile_disc(ARRAY[0.5, 0.9]) WITHIN GROUP (
            ORDER BY
              duration
          ) AS percentiles,
          count(*) FILTER (
            WHERE
              duration >= 86400000
          )::integer AS d1,
          count(*) FILTER (
            WHERE
              duration >= 259200000
          )::integer AS d3,
          count(*) FILTER (
            WHERE
              duration >= 604800000
          )::integer AS d7
        FROM
          chosen
        GROUP BY
          2
      ) AS summed
  ) AS counted
WHERE
  served.name = $5::text;

-- selectReportTickets: responses
WITH
  chosen AS MATERIALIZED (
    SELECT
      ticket_id,
      opened_position AS position,
      opened_establishment AS establishment,
      opened_day AS day,
      opened_at,
      opened_at AS began_at,
      responded_at AS ended_at,
      team,
      category,
      (
        extract(
          epoch
          FROM
            responded_at - opened_at
        ) * 1000
      )::bigint AS duration
    FROM
      reports.versions AS version
    WHERE
      opened_day BETWEEN $1::date AND $2::date
      AND version.from_position <= $3::bigint
      AND (
        version.until_position IS NULL
        OR version.until_position > $4::bigint
      )
  )
SELECT
  ticket_id,
  position,
  establishment,
  team,
  category,
  opened_at,
  began_at,
  ended_at,
  duration
FROM
  chosen
WHERE
  position > $5::bigint
ORDER BY
  position
LIMIT
  $6;

-- selectReportTickets: resolutions of a team, of somebody’s establishments
WITH
  chosen AS MATERIALIZED (
    SELECT
      *
    FROM
      (
        SELECT
          one.*,
          ticket.team,
          ticket.category
        FROM
          (
            SELECT
              ticket_id,
              position,
              establishment,
              resolved_day AS day,
              opened_at,
              opened_at AS began_at,
              resolved_at AS ended_at,
              (
                extract(
                  epoch
                  FROM
                    resolved_at - opened_at
                ) * 1000
              )::bigint AS duration
            FROM
              reports.resolutions AS resolution
            WHERE
              resolved_day BETWEEN $1::date AND $2::date
              AND position <= $3::bigint
              AND establishment = ANY ($4::text[])
          ) AS one
          CROSS JOIN LATERAL (
            SELECT
              team,
              category
            FROM
              reports.versions AS version
            WHERE
              version.ticket_id = one.ticket_id
              AND version.from_position <= $5::bigint
              AND (
                version.until_position IS NULL
                OR version.until_position > $6::bigint
              )
            OFFSET
              0
          ) AS ticket
      ) AS chosen
    WHERE
      team = $7
      AND EXISTS (
        SELECT
        FROM
          reports.versions AS now
        WHERE
          now.ticket_id = chosen.ticket_id
          AND now.until_position IS NULL
          AND now.establishment = ANY ($8::text[])
      )
  )
SELECT
  ticket_id,
  position,
  establishment,
  team,
  category,
  opened_at,
  began_at,
  ended_at,
  duration
FROM
  chosen
WHERE
  position > $9::bigint
ORDER BY
  position
LIMIT
  $10;

-- selectReportTickets: ageing, of an age
WITH
  chosen AS MATERIALIZED (
    SELECT
      *
    FROM
      (
        SELECT
          one.*,
          ticket.team,
          ticket.category
        FROM
          (
            SELECT
              ticket_id,
              from_position AS position,
              establishment,
              $1::date AS day,
              opened_at,
              opened_at AS began_at,
              measured.at AS ended_at,
              (
                extract(
                  epoch
                  FROM
                    greatest(measured.at - opened_at, '0')
                ) * 1000
              )::bigint AS duration
            FROM
              (
                SELECT
                  *
                FROM
                  reports.spells AS spell
                WHERE
                  daterange (from_day, until_day) @> $2::date
                  AND from_position <= $3::bigint
                UNION ALL
                SELECT
                  *
                FROM
                  reports.spells AS spell
                WHERE
                  int8range (from_position, until_position) @> $3::bigint
                  AND from_day <= $2::date
                  AND NOT daterange (from_day, until_day) @> $2::date
              ) AS spell
              LEFT JOIN unnest($4::text[], $5::timestamptz[]) AS zone(name, ends_at) ON zone.name = spell.time_zone
              CROSS JOIN LATERAL (
                SELECT
                  least($6::timestamptz, coalesce(zone.ends_at, ($7::date + 1)::timestamp AT TIME ZONE spell.time_zone)) AS at
              ) AS measured
            WHERE
              true
          ) AS one
          CROSS JOIN LATERAL (
            SELECT
              team,
              category
            FROM
              reports.versions AS version
            WHERE
              version.ticket_id = one.ticket_id
              AND version.from_position <= $8::bigint
              AND (
                version.until_position IS NULL
                OR version.until_position > $9::bigint
              )
            OFFSET
              0
          ) AS ticket
      ) AS chosen
    WHERE
      duration >= 604800000
  )
SELECT
  ticket_id,
  position,
  establishment,
  team,
  category,
  opened_at,
  began_at,
  ended_at,
  duration
FROM
  chosen
WHERE
  position > $10::bigint
ORDER BY
  position
LIMIT
  $11;

-- selectReportTickets: reopened ones without a team
WITH
  chosen AS MATERIALIZED (
    SELECT
      *
    FROM
      (
        SELECT
          one.*,
          ticket.team,
          ticket.category
        FROM
          (
            SELECT
              ticket_id,
              position,
              establishment,
              resolved_day AS day,
              opened_at,
              resolved_at AS began_at,
              undone.reopened_at AS ended_at,
              (
                extract(
                  epoch
                  FROM
                    undone.reopened_at - resolved_at
                ) * 1000
              )::bigint AS duration
            FROM
              reports.resolutions AS resolution
              CROSS JOIN LATERAL (
                SELECT
                  CASE
                    WHEN reopened_position <= $1::bigint THEN reopened_at
                  END AS reopened_at
              ) AS undone
            WHERE
              resolved_day BETWEEN $2::date AND $3::date
              AND position <= $4::bigint
          ) AS one
          CROSS JOIN LATERAL (
            SELECT
              team,
              category
            FROM
              reports.versions AS version
            WHERE
              version.ticket_id = one.ticket_id
              AND version.from_position <= $5::bigint
              AND (
                version.until_position IS NULL
                OR version.until_position > $6::bigint
              )
            OFFSET
              0
          ) AS ticket
      ) AS chosen
    WHERE
      team IS NULL
      AND duration IS NOT NULL
  )
SELECT
  ticket_id,
  position,
  establishment,
  team,
  category,
  opened_at,
  began_at,
  ended_at,
  duration
FROM
  chosen
WHERE
  position > $7::bigint
ORDER BY
  position
LIMIT
  $8;

-- selectCategoryDays
SELECT
  'opened' AS figure,
  day::text,
  category,
  count(*)::integer AS tickets
FROM
  (
    SELECT
      ticket_id,
      opened_position AS position,
      opened_establishment AS establishment,
      opened_day AS day,
      opened_at,
      opened_at AS began_at,
      responded_at AS ended_at,
      team,
      category,
      (
        extract(
          epoch
          FROM
            responded_at - opened_at
        ) * 1000
      )::bigint AS duration
    FROM
      reports.versions AS version
    WHERE
      opened_day BETWEEN $1::date AND $2::date
      AND version.until_position IS NULL
  ) AS opened
GROUP BY
  day,
  category
UNION ALL
SELECT
  'resolved',
  day::text,
  category,
  count(*)::integer
FROM
  (
    SELECT
      one.*,
      ticket.team,
      ticket.category
    FROM
      (
        SELECT
          ticket_id,
          position,
          establishment,
          resolved_day AS day,
          opened_at,
          opened_at AS began_at,
          resolved_at AS ended_at,
          (
            extract(
              epoch
              FROM
                resolved_at - opened_at
            ) * 1000
          )::bigint AS duration
        FROM
          reports.resolutions AS resolution
        WHERE
          resolved_day BETWEEN $3::date AND $4::date
          AND position IS NOT NULL
      ) AS one
      CROSS JOIN LATERAL (
        SELECT
          team,
          category
        FROM
          reports.versions AS version
        WHERE
          version.ticket_id = one.ticket_id
          AND version.until_position IS NULL
        OFFSET
          0
      ) AS ticket
  ) AS resolved
GROUP BY
  day,
  category;

-- selectReportedPosition
SELECT
  position
FROM
  projections.served
WHERE
  name = $1::text;

-- selectPositionByInstant
SELECT
  from_position AS position
FROM
  reports.versions
WHERE
  recorded_at <= $1::timestamptz
ORDER BY
  recorded_at DESC,
  from_position DESC
LIMIT
  1;

-- selectRecordedAt
SELECT
  recorded_at
FROM
  reports.versions
WHERE
  from_position <= $1::bigint
ORDER BY
  from_position DESC
LIMIT
  1;
