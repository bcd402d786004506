-- SPARSE: the newest of the deals of somebody with nothing but their own.

-- $1 = ["<user ann>"]
-- $2 = "<module deals>"
-- $3 = 1
SELECT 0 AS "way", first."id"::text AS "id"
FROM (
  SELECT DISTINCT ways."id"
  FROM (
    SELECT found."id"
    FROM
      unnest((SELECT $1::uuid[])) AS k ("key")
      CROSS JOIN LATERAL (
        SELECT r."id"
        FROM "Record" r
        WHERE
          r."moduleId" = (SELECT $2::uuid)
          AND r."ownerId" = k."key"
          AND r."ownerSeq" + 0 = $3::int
        ORDER BY r."id" DESC
        LIMIT 3
      ) found
  ) ways
  ORDER BY ways."id" DESC
  LIMIT 3
) first;
