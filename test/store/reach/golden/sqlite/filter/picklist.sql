-- The newest deals whose option is one of two, for somebody who sees all.

-- ?1, ?5 = "<module deals>"
-- ?2, ?3 = "$.\"stage\""
-- ?4 = JSON ["Won", "Lost"]
SELECT r."id" AS "id"
FROM "Record" r
WHERE
  r."moduleId" = ?1
  AND CASE
    WHEN CASE
      WHEN json_type(r."values", ?2) IN ('text') THEN json_extract(r."values", ?3)
    END IN (SELECT value FROM json_each(?4)) THEN r."moduleId" = ?5
    ELSE 0
  END
ORDER BY r."id" DESC
LIMIT 3;
