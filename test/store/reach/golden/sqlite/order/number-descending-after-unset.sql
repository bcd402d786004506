-- The first deals by a number, descending, after one without it, for somebody who sees all.

-- ?1, ?2, ?4, ?5, ?7, ?8 = "$.\"amount\""
-- ?3 = "<module deals>"
-- ?6 = "<record deal 9>"
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
    CAST(
      CASE
        WHEN json_type(r."values", ?4) IN ('integer', 'real') THEN json_extract(r."values", ?5)
      END AS REAL
    ) IS NULL
    AND r."id" < ?6
  )
ORDER BY
  CAST(
    CASE
      WHEN json_type(r."values", ?7) IN ('integer', 'real') THEN json_extract(r."values", ?8)
    END AS REAL
  ) DESC NULLS LAST,
  r."id" DESC
LIMIT 3;
