-- DENSE: the last before a place, from the end of the deals of somebody with people below them and with shares.

-- $1, $6 = "<module deals>"
-- $2, $8 = "<record deal 9>"
-- $3 = 32
-- $4 = 4 bytes, a bit for each owner, set for 1, 2, 3, 4
-- $5 = ["u:<user ann>", "g:<group reps>"]
-- $7 = now
WITH
  owned AS MATERIALIZED (
    SELECT r."id"
    FROM (
      SELECT r."id", r."ownerSeq"
      FROM "Record" r
      WHERE
        r."moduleId" = (SELECT $1::uuid)
        AND r."id" > (SELECT $2::uuid)
      ORDER BY r."id" ASC
      LIMIT 2000
    ) r
    WHERE CASE WHEN r."ownerSeq" < $3 THEN get_bit($4::bytea, r."ownerSeq") ELSE 0 END = 1
    ORDER BY r."id" ASC
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
      g."key" = ANY ((SELECT $5::text[])::text[])
      AND g."moduleId" = (SELECT $6::uuid)
      AND g."readUntil" > (SELECT $7::bigint)
      AND g."recordId" > (SELECT $8::uuid)
      AND g."recordId" <= (SELECT owned."id" FROM owned ORDER BY owned."id" DESC LIMIT 1)
  ) ways
  ORDER BY ways."id" ASC
  LIMIT 3
) first;
