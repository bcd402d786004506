-- DENSE: the newest between two places of the deals of somebody with people below them and with shares.

-- ?1, ?6 = "<module deals>"
-- ?2, ?8 = "<record deal 9>"
-- ?3, ?9 = "<record deal 2>"
-- ?4 = 32 bytes, a byte for each owner, set for 1, 2, 3, 4
-- ?5 = JSON ["u:<user ann>", "g:<group reps>"]
-- ?7 = now
SELECT 0 AS "way", "id"
FROM (
  SELECT r."id" AS "id"
  FROM (
    SELECT r."id", r."ownerSeq"
    FROM "Record" r
    WHERE
      r."moduleId" = +?1
      AND r."id" < + ?2
      AND r."id" > + ?3
    ORDER BY r."id" DESC
    LIMIT 2000
  ) r
  WHERE substr(?4, r."ownerSeq" + 1, 1) = x'01'
  LIMIT 3
)
UNION ALL
SELECT 2 AS "way", "id"
FROM (
  SELECT g."recordId" AS "id"
  FROM "RecordGrant" g
  WHERE
    g."key" IN (SELECT value FROM json_each(?5))
    AND g."moduleId" = +?6
    AND g."readUntil" > CAST(?7 AS INTEGER)
    AND g."recordId" < + ?8
    AND g."recordId" > + ?9
  ORDER BY g."recordId" DESC
  LIMIT 3
);
