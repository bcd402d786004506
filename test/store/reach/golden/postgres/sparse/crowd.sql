-- SPARSE: the newest of the deals of somebody with many owners below them.

-- $1, $9 = ["<role sales>"]
-- $2, $6, $10, $14 = "<module deals>"
-- $3, $7, $11, $15 = 32
-- $4, $8, $12, $16 = 4 bytes, a bit for each owner, set for 1, 2, 3, 4, 5, 6, 7, 8, 9
-- $5, $13 = [
--     "<user ben>",
--     "<user cem>",
--     "<user dee>",
--     "<user eva>",
--     "<user fay>",
--     "<user gus>",
--     "<user hal>",
--     "<user ida>"
--   ]
WITH
  bound AS MATERIALIZED (
    SELECT eighths."id"
    FROM (
      SELECT found."id"
      FROM
        unnest((SELECT $1::uuid[])) AS k ("key")
        CROSS JOIN LATERAL (
          SELECT r."id"
          FROM "Record" r
          WHERE
            r."moduleId" = (SELECT $2::uuid)
            AND r."ownerRoleId" = k."key"
            AND CASE WHEN r."ownerSeq" < $3 THEN get_bit($4::bytea, r."ownerSeq") ELSE 0 END = 1
          ORDER BY r."id" DESC
          OFFSET 7
          LIMIT 1
        ) found
      UNION ALL
      SELECT found."id"
      FROM
        unnest((SELECT $5::uuid[])) AS k ("key")
        CROSS JOIN LATERAL (
          SELECT r."id"
          FROM "Record" r
          WHERE
            r."moduleId" = (SELECT $6::uuid)
            AND r."ownerId" = k."key"
            AND CASE WHEN r."ownerSeq" < $7 THEN get_bit($8::bytea, r."ownerSeq") ELSE 0 END = 1
          ORDER BY r."id" DESC
          OFFSET 7
          LIMIT 1
        ) found
    ) eighths
    ORDER BY eighths."id" DESC
    OFFSET 0
    LIMIT 1
  )
SELECT 0 AS "way", first."id"::text AS "id"
FROM (
  SELECT DISTINCT ways."id"
  FROM (
    SELECT found."id"
    FROM
      unnest((SELECT $9::uuid[])) AS k ("key")
      CROSS JOIN LATERAL (
        SELECT r."id"
        FROM "Record" r
        WHERE
          r."moduleId" = (SELECT $10::uuid)
          AND r."ownerRoleId" = k."key"
          AND CASE WHEN r."ownerSeq" < $11 THEN get_bit($12::bytea, r."ownerSeq") ELSE 0 END = 1
          AND r."id" >= coalesce(
            (SELECT bound."id" FROM bound),
            '00000000-0000-0000-0000-000000000000'::uuid
          )
        ORDER BY r."id" DESC
        LIMIT 3
      ) found
    UNION ALL
    SELECT found."id"
    FROM
      unnest((SELECT $13::uuid[])) AS k ("key")
      CROSS JOIN LATERAL (
        SELECT r."id"
        FROM "Record" r
        WHERE
          r."moduleId" = (SELECT $14::uuid)
          AND r."ownerId" = k."key"
          AND CASE WHEN r."ownerSeq" < $15 THEN get_bit($16::bytea, r."ownerSeq") ELSE 0 END = 1
          AND r."id" >= coalesce(
            (SELECT bound."id" FROM bound),
            '00000000-0000-0000-0000-000000000000'::uuid
          )
        ORDER BY r."id" DESC
        LIMIT 3
      ) found
  ) ways
  ORDER BY ways."id" DESC
  LIMIT 3
) first;
