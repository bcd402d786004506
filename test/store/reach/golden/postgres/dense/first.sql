-- DENSE: the newest of the deals of somebody with people below them and with shares.

-- $1, $5 = "<module deals>"
-- $2 = 32
-- $3 = 4 bytes, a bit for each owner, set for 1, 2, 3, 4
-- $4 = ["u:<user ann>", "g:<group reps>"]
-- $6 = now
WITH
  owned AS MATERIALIZED (
    SELECT r."id"
    FROM (
      SELECT r."id", r."ownerSeq"
      FROM "Record" r
      WHERE r."moduleId" = (SELECT $1::uuid)
      ORDER BY r."id" DESC
      LIMIT 2000
    ) r
    WHERE CASE WHEN r."ownerSeq" < $2 THEN get_bit($3::bytea, r."ownerSeq") ELSE 0 END = 1
    ORDER BY r."id" DESC
    LIMIT 3
  )
SELECT 0 AS "way", owned."id"::text AS "id"
FROM owned
UNION ALL
SELECT 1 AS "way", first."id"::text AS "id"
FROM (
  SELECT DISTINCT ways."id"
  FROM (
    SELECT g."recordId" AS "id"
    FROM "RecordGrant" g
    WHERE
      g."key" = ANY ((SELECT $4::text[])::text[])
      AND g."moduleId" = (SELECT $5::uuid)
      AND g."readUntil" > (SELECT $6::bigint)
      AND g."recordId" >= (SELECT owned."id" FROM owned ORDER BY owned."id" ASC LIMIT 1)
  ) ways
  ORDER BY ways."id" DESC
  LIMIT 3
) first;
