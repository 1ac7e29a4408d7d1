-- The statements as they are sent, in each of their forms. Written by `npm run sql`; a test compares.

-- selectViewCounts: of some establishments
SELECT
  ARRAY[
    (
      SELECT
        count(*)
      FROM
        unnest($1::text[]) AS mine (establishment)
        JOIN desk.tickets AS ticket ON ticket.establishment = mine.establishment
        AND assignee = $2::text
        AND status = ANY ($3::text[])
        AND status IN ('open', 'in-progress', 'waiting')
    )::integer,
    (
      SELECT
        count(*)
      FROM
        unnest($4::text[]) AS mine (establishment)
        JOIN desk.tickets AS ticket ON ticket.establishment = mine.establishment
        AND category = $5::text
        AND priority = $6::text
        AND team = $7::text
        AND assignee = $8::text
        AND status = ANY ($9::text[])
        AND opened_at >= $10::timestamptz
        AND opened_at < $11::timestamptz
        AND coalesce(
          opened_day >= $12::date
          AND opened_day <= $13::date,
          false
        )
        AND status IN ('open', 'in-progress', 'waiting')
    )::integer,
    (
      SELECT
        count(*)
      FROM
        unnest($14::text[]) AS mine (establishment)
        JOIN desk.tickets AS ticket ON ticket.establishment = mine.establishment
    )::integer
  ] AS counts;

-- selectViewCounts: of all
SELECT
  ARRAY[
    (
      SELECT
        count(*)
      FROM
        (
          WITH RECURSIVE
            present AS (
              SELECT
                min(establishment) AS establishment
              FROM
                desk.tickets
              UNION ALL
              SELECT
                (
                  SELECT
                    min(ticket.establishment)
                  FROM
                    desk.tickets AS ticket
                  WHERE
                    ticket.establishment > present.establishment
                )
              FROM
                present
              WHERE
                present.establishment IS NOT NULL
            )
          SELECT
            establishment
          FROM
            present
          WHERE
            establishment IS NOT NULL
        ) AS mine
        JOIN desk.tickets AS ticket ON ticket.establishment = mine.establishment
        AND assignee IS NULL
    )::integer
  ] AS counts;

-- selectViewCounts: of one’s own teams
SELECT
  ARRAY[
    (
      SELECT
        count(*)
      FROM
        unnest($1::text[]) AS mine (establishment)
        JOIN desk.tickets AS ticket ON ticket.establishment = mine.establishment
        AND team = ANY (
          (
            SELECT
              teams
            FROM
              preferences.own_teams
            WHERE
              person = $2::text
          )::text[]
        )
    )::integer
  ] AS counts;
