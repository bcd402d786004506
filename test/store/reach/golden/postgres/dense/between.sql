-- DENSE: the newest between two places of the deals of somebody with people below them and with shares.

-- $1, $7 = "<module deals>"
-- $2, $9 = "<record deal 9>"
-- $3, $10 = "<record deal 2>"
-- $4 = 32
-- $5 = 4 bytes, a bit for each owner, set for 1, 2, 3, 4
-- $6 = ["u:<user ann>", "g:<group reps>"]
-- $8 = now
WITH
  owned AS MATERIALIZED (
    SELECT r."id"
    FROM (
      SELECT r."id", r."ownerSeq"
      FROM "Record" r
      WHERE
        r."moduleId" = (SELECT $1::uuid)
        AND r."id" < (SELECT $2::uuid)
        AND r."id" > (SELECT $3::uuid)
      ORDER BY r."id" DESC
      LIMIT 2000
    ) r
    WHERE CASE WHEN r."ownerSeq" < $4 THEN get_bit($5::bytea, r."ownerSeq") ELSE 0 END = 1
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
      g."key" = ANY ((SELECT $6::text[])::text[])
      AND g."moduleId" = (SELECT $7::uuid)
      AND g."readUntil" > (SELECT $8::bigint)
      AND g."recordId" < (SELECT $9::uuid)
      AND g."recordId" > (SELECT $10::uuid)
      AND g."recordId" >= (SELECT owned."id" FROM owned ORDER BY owned."id" ASC LIMIT 1)
  ) ways
  ORDER BY ways."id" DESC
  LIMIT 3
) first;
