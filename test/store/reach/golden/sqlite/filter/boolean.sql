-- The newest deals whose box is ticked, for somebody who sees all.

-- ?1, ?4 = "<module deals>"
-- ?2, ?3 = "$.\"open\""
SELECT r."id" AS "id"
FROM "Record" r
WHERE
  r."moduleId" = ?1
  AND CASE
    WHEN CASE
      WHEN json_type(r."values", ?2) IN ('true', 'false') THEN json_extract(r."values", ?3)
    END = 1 THEN r."moduleId" = ?4
    ELSE 0
  END
ORDER BY r."id" DESC
LIMIT 3;
