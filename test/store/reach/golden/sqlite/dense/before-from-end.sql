-- DENSE: the last before a place, from the end of the deals of somebody with people below them and with shares.

-- ?1, ?5 = "<module deals>"
-- ?2, ?7 = "<record deal 9>"
-- ?3 = 32 bytes, a byte for each owner, set for 1, 2, 3, 4
-- ?4 = JSON ["u:<user ann>", "g:<group reps>"]
-- ?6 = now
SELECT 0 AS "way", "id"
FROM (
  SELECT r."id" AS "id"
  FROM (
    SELECT r."id", r."ownerSeq"
    FROM "Record" r
    WHERE
      r."moduleId" = +?1
      AND r."id" > + ?2
    ORDER BY r."id" ASC
    LIMIT 2000
  ) r
  WHERE substr(?3, r."ownerSeq" + 1, 1) = x'01'
  LIMIT 3
)
UNION ALL
SELECT 2 AS "way", "id"
FROM (
  SELECT g."recordId" AS "id"
  FROM "RecordGrant" g
  WHERE
    g."key" IN (SELECT value FROM json_each(?4))
    AND g."moduleId" = +?5
    AND g."readUntil" > CAST(?6 AS INTEGER)
    AND g."recordId" > + ?7
  ORDER BY g."recordId" ASC
  LIMIT 3
);
