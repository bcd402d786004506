-- EXACT: the newest of the deals of somebody with people below them, shares (one narrowed to owners) and two rules.

-- ?1 = "<module deals>"
-- ?2 = 32 bytes, a byte for each owner, set for 1, 2
-- ?3 = "<organization acme>"
-- ?4 = now
-- ?5 = JSON ["u:<user ann>", "c:<rule hot deals>#1", "c:<rule old deals>#3"]
-- ?6 = "g:<group reps>"
-- ?7 = 32 bytes, a byte for each owner, set for 3, 4
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
        AND (
          g."key" IN (SELECT value FROM json_each(?5))
          OR (
            g."key" = +?6
            AND substr(?7, g."ownerSeq" + 1, 1) = x'01'
          )
        )
    )
  )
ORDER BY r."id" DESC
LIMIT 3;
