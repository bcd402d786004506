-- EXACT: those of the greatest amount of the deals of somebody with people below them and with shares.

-- ?1, ?2, ?8, ?9 = "$.\"amount\""
-- ?3 = "<module deals>"
-- ?4 = 32 bytes, a byte for each owner, set for 1, 2, 3, 4
-- ?5 = "<organization acme>"
-- ?6 = now
-- ?7 = JSON ["u:<user ann>", "g:<group reps>"]
SELECT
  CAST(
    CASE
      WHEN json_type(r."values", ?1) IN ('integer', 'real') THEN json_extract(r."values", ?2)
    END AS REAL
  ) AS "v0",
  r."id" AS "id"
FROM "Record" r
WHERE
  r."moduleId" = ?3
  AND (
    substr(?4, r."ownerSeq" + 1, 1) = x'01'
    OR EXISTS (
      SELECT 1
      FROM "RecordGrant" g
      WHERE
        g."orgId" = ?5
        AND g."recordId" = r."id"
        AND g."readUntil" > CAST(?6 AS INTEGER)
        AND g."key" IN (SELECT value FROM json_each(?7))
    )
  )
ORDER BY
  CAST(
    CASE
      WHEN json_type(r."values", ?8) IN ('integer', 'real') THEN json_extract(r."values", ?9)
    END AS REAL
  ) DESC NULLS LAST,
  r."id" DESC
LIMIT 3;
