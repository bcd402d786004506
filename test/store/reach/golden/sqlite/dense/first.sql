-- DENSE: the newest of the deals of somebody with people below them and with shares.

-- ?1, ?4 = "<module deals>"
-- ?2 = 32 bytes, a byte for each owner, set for 1, 2, 3, 4
-- ?3 = JSON ["u:<user ann>", "g:<group reps>"]
-- ?5 = now
SELECT 0 AS "way", "id"
FROM (
  SELECT r."id" AS "id"
  FROM (
    SELECT r."id", r."ownerSeq"
    FROM "Record" r
    WHERE r."moduleId" = +?1
    ORDER BY r."id" DESC
    LIMIT 2000
  ) r
  WHERE substr(?2, r."ownerSeq" + 1, 1) = x'01'
  LIMIT 3
)
UNION ALL
SELECT 2 AS "way", "id"
FROM (
  SELECT g."recordId" AS "id"
  FROM "RecordGrant" g
  WHERE
    g."key" IN (SELECT value FROM json_each(?3))
    AND g."moduleId" = +?4
    AND g."readUntil" > CAST(?5 AS INTEGER)
  ORDER BY g."recordId" DESC
  LIMIT 3
);
