-- The first deals by an account, by its name where it is in reach, for somebody who sees all.

-- ?1, ?9 = "<module accounts>"
-- ?2, ?10 = 32 bytes, a byte for each owner, set for 1, 2, 3, 4
-- ?3, ?11 = "<organization acme>"
-- ?4, ?12 = now
-- ?5, ?13 = JSON ["u:<user ann>", "g:<group reps>"]
-- ?6, ?7, ?14, ?15 = "$.\"account\""
-- ?8 = "<module deals>"
SELECT
  (
    SELECT target."name"
    FROM "Record" target
    WHERE
      target."moduleId" = ?1
      AND (
        substr(?2, target."ownerSeq" + 1, 1) = x'01'
        OR EXISTS (
          SELECT 1
          FROM "RecordGrant" g
          WHERE
            g."orgId" = ?3
            AND g."recordId" = target."id"
            AND g."readUntil" > CAST(?4 AS INTEGER)
            AND g."key" IN (SELECT value FROM json_each(?5))
        )
      )
      AND target."id" = CASE
        WHEN json_type(r."values", ?6) IN ('text') THEN json_extract(r."values", ?7)
      END
  ) AS "v0",
  r."id" AS "id"
FROM "Record" r
WHERE r."moduleId" = ?8
ORDER BY
  (
    SELECT target."name"
    FROM "Record" target
    WHERE
      target."moduleId" = ?9
      AND (
        substr(?10, target."ownerSeq" + 1, 1) = x'01'
        OR EXISTS (
          SELECT 1
          FROM "RecordGrant" g
          WHERE
            g."orgId" = ?11
            AND g."recordId" = target."id"
            AND g."readUntil" > CAST(?12 AS INTEGER)
            AND g."key" IN (SELECT value FROM json_each(?13))
        )
      )
      AND target."id" = CASE
        WHEN json_type(r."values", ?14) IN ('text') THEN json_extract(r."values", ?15)
      END
  ) ASC NULLS LAST,
  r."id" DESC
LIMIT 3;
