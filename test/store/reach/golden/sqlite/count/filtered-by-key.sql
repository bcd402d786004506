-- EXACT: how many deals meet a filter, for somebody with people below them and with shares.

-- ?1, ?4 = "<organization acme>"
-- ?2 = "<module deals>"
-- ?3 = 32 bytes, a byte for each owner, set for 1, 2, 3, 4
-- ?5 = now
-- ?6 = JSON ["u:<user ann>", "g:<group reps>"]
-- ?7 = "deal-3"
SELECT count(*) AS "n"
FROM "Record" r
WHERE
  r."orgId" = ?1
  AND r."moduleId" = ?2
  AND (
    substr(?3, r."ownerSeq" + 1, 1) = x'01'
    OR EXISTS (
      SELECT 1
      FROM "RecordGrant" g
      WHERE
        g."orgId" = ?4
        AND g."recordId" = r."id"
        AND g."readUntil" > CAST(?5 AS INTEGER)
        AND g."key" IN (SELECT value FROM json_each(?6))
    )
  )
  AND r."key" = ?7;
