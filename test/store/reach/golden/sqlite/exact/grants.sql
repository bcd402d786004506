-- EXACT: the newest of the deals of somebody who owns nothing and has shares.

-- ?1 = "<module deals>"
-- ?2 = 32 bytes, a byte for each owner, set for none
-- ?3 = "<organization acme>"
-- ?4 = now
-- ?5 = JSON ["u:<user ann>", "g:<group reps>"]
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
ORDER BY r."id" DESC
LIMIT 3;
