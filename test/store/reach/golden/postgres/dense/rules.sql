-- DENSE: the newest of the deals of somebody with people below them, shares (one narrowed to owners) and two rules.

-- $1, $5, $10 = "<module deals>"
-- $2, $8 = 32
-- $3 = 4 bytes, a bit for each owner, set for 1, 2
-- $4 = ["u:<user ann>", "c:<rule hot deals>#1", "c:<rule old deals>#3"]
-- $6, $11 = now
-- $7 = "g:<group reps>"
-- $9 = 4 bytes, a bit for each owner, set for 3, 4
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
    UNION ALL
    SELECT g."recordId" AS "id"
    FROM "RecordGrant" g
    WHERE
      g."key" = $7::text
      AND CASE WHEN g."ownerSeq" < $8 THEN get_bit($9::bytea, g."ownerSeq") ELSE 0 END = 1
      AND g."moduleId" = (SELECT $10::uuid)
      AND g."readUntil" > (SELECT $11::bigint)
      AND g."recordId" >= (SELECT owned."id" FROM owned ORDER BY owned."id" ASC LIMIT 1)
  ) ways
  ORDER BY ways."id" DESC
  LIMIT 3
) first;
