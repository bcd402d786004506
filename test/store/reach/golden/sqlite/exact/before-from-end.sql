-- EXACT: the last before a place, from the end of the deals of somebody with people below them and with shares.

-- ?1 = "<module deals>"
-- ?2 = 32 bytes, a byte for each owner, set for 1, 2, 3, 4
-- ?3 = "<organization acme>"
-- ?4 = now
-- ?5 = JSON ["u:<user ann>", "g:<group reps>"]
-- ?6 = "<record deal 9>"
SELECT r."id" AS "id"
FROM "Record" r
WHERE
  r."moduleId" = +?1
  AND (
    substr(?2, r."ownerSeq" + 1, 1) = x'01'
    OR EXISTS (
      SELECT 1
      FROM "RecordGrant" g
      WHERE
        g."orgId" = +?3
        AND g."recordId" = r."id"
        AND g."readUntil" > CAST(?4 AS INTEGER)
        AND g."key" IN (SELECT value FROM json_each(?5))
    )
  )
  AND r."id" > + ?6
ORDER BY r."id" ASC
LIMIT 3;
