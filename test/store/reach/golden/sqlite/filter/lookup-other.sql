-- The newest deals that point to another account in reach, for somebody who sees all.

-- ?1, ?10 = "<module deals>"
-- ?2 = "<module accounts>"
-- ?3 = 32 bytes, a byte for each owner, set for 1, 2, 3, 4
-- ?4 = "<organization acme>"
-- ?5 = now
-- ?6 = JSON ["u:<user ann>", "g:<group reps>"]
-- ?7, ?8 = "$.\"account\""
-- ?9 = "<record account 1>"
SELECT r."id" AS "id"
FROM "Record" r
WHERE
  r."moduleId" = ?1
  AND CASE
    WHEN (
      SELECT target."id"
      FROM "Record" target
      WHERE
        target."moduleId" = ?2
        AND (
          substr(?3, target."ownerSeq" + 1, 1) = x'01'
          OR EXISTS (
            SELECT 1
            FROM "RecordGrant" g
            WHERE
              g."orgId" = ?4
              AND g."recordId" = target."id"
              AND g."readUntil" > CAST(?5 AS INTEGER)
              AND g."key" IN (SELECT value FROM json_each(?6))
          )
        )
        AND target."id" = CASE
          WHEN json_type(r."values", ?7) IN ('text') THEN json_extract(r."values", ?8)
        END
    ) <> ?9 THEN r."moduleId" = ?10
    ELSE 0
  END
ORDER BY r."id" DESC
LIMIT 3;
