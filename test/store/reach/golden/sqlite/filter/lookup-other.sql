-- The newest deals that point to another account in reach, for somebody who sees all.

-- ?1, ?2 = "<module deals>"
-- ?3 = "<module accounts>"
-- ?4 = 32 bytes, a byte for each owner, set for 1, 2, 3, 4
-- ?5 = "<organization acme>"
-- ?6 = now
-- ?7 = JSON ["u:<user ann>", "g:<group reps>"]
-- ?8, ?9 = "$.\"account\""
-- ?10 = "<record account 1>"
SELECT r."id" AS "id"
FROM "Record" r
WHERE
  r."moduleId" = ?1
  AND CASE
    WHEN r."moduleId" = ?2 THEN (
      SELECT target."id"
      FROM "Record" target
      WHERE
        target."moduleId" = ?3
        AND (
          substr(?4, target."ownerSeq" + 1, 1) = x'01'
          OR EXISTS (
            SELECT 1
            FROM "RecordGrant" g
            WHERE
              g."orgId" = ?5
              AND g."recordId" = target."id"
              AND g."readUntil" > CAST(?6 AS INTEGER)
              AND g."key" IN (SELECT value FROM json_each(?7))
          )
        )
        AND target."id" = CASE
          WHEN json_type(r."values", ?8) IN ('text') THEN json_extract(r."values", ?9)
        END
    ) <> ?10
    ELSE 0
  END
ORDER BY r."id" DESC
LIMIT 3;
