-- SPARSE: the newest of the deals of somebody who owns nothing and has shares.

-- $1 = ["u:<user ann>", "g:<group reps>"]
-- $2 = "<module deals>"
-- $3 = now
SELECT 0 AS "way", first."id"::text AS "id"
FROM (
  SELECT DISTINCT ways."id"
  FROM (
    SELECT found."id"
    FROM
      unnest((SELECT $1::text[])) AS k ("key")
      CROSS JOIN LATERAL (
        SELECT g."recordId" AS "id"
        FROM "RecordGrant" g
        WHERE
          g."key" = k."key"
          AND g."moduleId" = (SELECT $2::uuid)
          AND g."readUntil" > (SELECT $3::bigint)
        ORDER BY g."recordId" DESC
        LIMIT 3
      ) found
  ) ways
  ORDER BY ways."id" DESC
  LIMIT 3
) first;
