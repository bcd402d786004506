-- The first deals by a number, descending, after a value, for somebody who sees all.

-- ?1, ?2, ?4, ?5, ?7, ?8, ?9, ?10, ?13, ?14 = "$.\"amount\""
-- ?3 = "<module deals>"
-- ?6, ?11 = 500
-- ?12 = "<record deal 9>"
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
    (
      CAST(
        CASE
          WHEN json_type(r."values", ?4) IN ('integer', 'real') THEN json_extract(r."values", ?5)
        END AS REAL
      ) < CAST(?6 AS REAL)
      OR CAST(
        CASE
          WHEN json_type(r."values", ?7) IN ('integer', 'real') THEN json_extract(r."values", ?8)
        END AS REAL
      ) IS NULL
    )
    OR (
      CAST(
        CASE
          WHEN json_type(r."values", ?9) IN ('integer', 'real') THEN json_extract(r."values", ?10)
        END AS REAL
      ) = CAST(?11 AS REAL)
      AND r."id" < ?12
    )
  )
ORDER BY
  CAST(
    CASE
      WHEN json_type(r."values", ?13) IN ('integer', 'real') THEN json_extract(r."values", ?14)
    END AS REAL
  ) DESC NULLS LAST,
  r."id" DESC
LIMIT 3;
