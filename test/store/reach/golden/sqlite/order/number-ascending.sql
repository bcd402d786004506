-- The first deals by a number, ascending, for somebody who sees all.

-- ?1, ?2, ?4, ?5 = "$.\"amount\""
-- ?3 = "<module deals>"
SELECT
  CAST(
    CASE
      WHEN json_type(r."values", ?1) IN ('integer', 'real') THEN json_extract(r."values", ?2)
    END AS REAL
  ) AS "v0",
  r."id" AS "id"
FROM "Record" r
WHERE r."moduleId" = ?3
ORDER BY
  CAST(
    CASE
      WHEN json_type(r."values", ?4) IN ('integer', 'real') THEN json_extract(r."values", ?5)
    END AS REAL
  ) ASC NULLS LAST,
  r."id" DESC
LIMIT 3;
