-- EXACT: those of the greatest amount after a place of the deals of somebody with people below them, shares (one narrowed to owners) and two rules.

-- ?1, ?2, ?10, ?11, ?13, ?14, ?15, ?16, ?19, ?20 = "$.\"amount\""
-- ?3 = "<module deals>"
-- ?4 = 32 bytes, a byte for each owner, set for 1, 2
-- ?5 = "<organization acme>"
-- ?6 = now
-- ?7 = JSON ["u:<user ann>", "c:<rule hot deals>#1", "c:<rule old deals>#3"]
-- ?8 = "g:<group reps>"
-- ?9 = 32 bytes, a byte for each owner, set for 3, 4
-- ?12, ?17 = 900
-- ?18 = "<record deal 9>"
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
        AND (
          g."key" IN (SELECT value FROM json_each(?7))
          OR (
            g."key" = ?8
            AND substr(?9, g."ownerSeq" + 1, 1) = x'01'
          )
        )
    )
  )
  AND (
    (
      CAST(
        CASE
          WHEN json_type(r."values", ?10) IN ('integer', 'real') THEN json_extract(r."values", ?11)
        END AS REAL
      ) < CAST(?12 AS REAL)
      OR CAST(
        CASE
          WHEN json_type(r."values", ?13) IN ('integer', 'real') THEN json_extract(r."values", ?14)
        END AS REAL
      ) IS NULL
    )
    OR (
      CAST(
        CASE
          WHEN json_type(r."values", ?15) IN ('integer', 'real') THEN json_extract(r."values", ?16)
        END AS REAL
      ) = CAST(?17 AS REAL)
      AND r."id" < ?18
    )
  )
ORDER BY
  CAST(
    CASE
      WHEN json_type(r."values", ?19) IN ('integer', 'real') THEN json_extract(r."values", ?20)
    END AS REAL
  ) DESC NULLS LAST,
  r."id" DESC
LIMIT 3;
