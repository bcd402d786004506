-- SPARSE: the newest of the deals of somebody who owns nothing and has shares.

-- ?1 = JSON ["u:<user ann>", "g:<group reps>"]
-- ?2 = "<module deals>"
-- ?3 = now
SELECT 2 AS "way", "id"
FROM (
  SELECT g."recordId" AS "id"
  FROM "RecordGrant" g
  WHERE
    g."key" IN (SELECT value FROM json_each(?1))
    AND g."moduleId" = +?2
    AND g."readUntil" > CAST(?3 AS INTEGER)
  ORDER BY g."recordId" DESC
  LIMIT 3
);
