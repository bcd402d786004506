-- The newest deals that point to one of two accounts in reach, for somebody who sees all.

-- ?1, ?10 = "<module deals>"
-- ?2, ?3 = "$.\"account\""
-- ?4 = "<module accounts>"
-- ?5 = 32 bytes, a byte for each owner, set for 1, 2, 3, 4
-- ?6 = "<organization acme>"
-- ?7 = now
-- ?8 = JSON ["u:<user ann>", "g:<group reps>"]
-- ?9 = JSON ["<record account 1>", "<record account 2>"]
SELECT r."id" AS "id"
FROM "Record" r
WHERE
  r."moduleId" = ?1
  AND CASE
    WHEN CASE
      WHEN json_type(r."values", ?2) IN ('text') THEN json_extract(r."values", ?3)
    END IN (
      SELECT target."id"
      FROM "Record" target
      WHERE
        target."moduleId" = ?4
        AND (
          substr(?5, target."ownerSeq" + 1, 1) = x'01'
          OR EXISTS (
            SELECT 1
            FROM "RecordGrant" g
            WHERE
              g."orgId" = ?6
              AND g."recordId" = target."id"
              AND g."readUntil" > CAST(?7 AS INTEGER)
              AND g."key" IN (SELECT value FROM json_each(?8))
          )
        )
        AND target."id" IN (SELECT value FROM json_each(?9))
    ) THEN r."moduleId" = ?10
    ELSE 0
  END
ORDER BY r."id" DESC
LIMIT 3;
