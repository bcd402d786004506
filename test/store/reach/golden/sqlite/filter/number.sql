-- The newest deals whose number is at least a constant, for somebody who sees all.

-- ?1, ?5 = "<module deals>"
-- ?2, ?3 = "$.\"amount\""
-- ?4 = 500
SELECT r."id" AS "id"
FROM "Record" r
WHERE
  r."moduleId" = ?1
  AND CASE
    WHEN CAST(
      CASE
        WHEN json_type(r."values", ?2) IN ('integer', 'real') THEN json_extract(r."values", ?3)
      END AS REAL
    ) >= CAST(?4 AS REAL) THEN r."moduleId" = ?5
    ELSE 0
  END
ORDER BY r."id" DESC
LIMIT 3;
