-- The newest deals over an amount, and ticked or without a day, for somebody who sees all.

-- ?1, ?9 = "<module deals>"
-- ?2, ?3 = "$.\"amount\""
-- ?4 = 500
-- ?5, ?6 = "$.\"open\""
-- ?7, ?8 = "$.\"closing\""
SELECT r."id" AS "id"
FROM "Record" r
WHERE
  r."moduleId" = ?1
  AND CASE
    WHEN (
      CAST(
        CASE
          WHEN json_type(r."values", ?2) IN ('integer', 'real') THEN json_extract(r."values", ?3)
        END AS REAL
      ) > CAST(?4 AS REAL)
      AND (
        CASE
          WHEN json_type(r."values", ?5) IN ('true', 'false') THEN json_extract(r."values", ?6)
        END = 1
        OR CASE
          WHEN json_type(r."values", ?7) IN ('text') THEN json_extract(r."values", ?8)
        END IS NULL
      )
    ) THEN r."moduleId" = ?9
    ELSE 0
  END
ORDER BY r."id" DESC
LIMIT 3;
