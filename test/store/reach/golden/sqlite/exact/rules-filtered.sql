-- EXACT: the newest over an amount of the deals of somebody with people below them, shares (one narrowed to owners) and two rules.

-- ?1, ?5 = "<module deals>"
-- ?2, ?3 = "$.\"amount\""
-- ?4 = 500
-- ?6 = 32 bytes, a byte for each owner, set for 1, 2
-- ?7 = "<organization acme>"
-- ?8 = now
-- ?9 = JSON ["u:<user ann>", "c:<rule hot deals>#1", "c:<rule old deals>#3"]
-- ?10 = "g:<group reps>"
-- ?11 = 32 bytes, a byte for each owner, set for 3, 4
SELECT r."id" AS "id"
FROM "Record" r
WHERE
  r."moduleId" = ?1
  AND CASE
    WHEN CAST(
      CASE
        WHEN json_type(r."values", ?2) IN ('integer', 'real') THEN json_extract(r."values", ?3)
      END AS REAL
    ) > CAST(?4 AS REAL) THEN r."moduleId" = ?5
    AND (
      substr(?6, r."ownerSeq" + 1, 1) = x'01'
      OR EXISTS (
        SELECT 1
        FROM "RecordGrant" g
        WHERE
          g."orgId" = ?7
          AND g."recordId" = r."id"
          AND g."readUntil" > CAST(?8 AS INTEGER)
          AND (
            g."key" IN (SELECT value FROM json_each(?9))
            OR (
              g."key" = ?10
              AND substr(?11, g."ownerSeq" + 1, 1) = x'01'
            )
          )
      )
    )
    ELSE 0
  END
ORDER BY r."id" DESC
LIMIT 3;
