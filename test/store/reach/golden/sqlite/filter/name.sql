-- The newest deals whose name comes after a constant, for somebody who sees all.

-- ?1, ?3 = "<module deals>"
-- ?2 = "M"
SELECT r."id" AS "id"
FROM "Record" r
WHERE
  r."moduleId" = ?1
  AND CASE WHEN r."name" > ?2 THEN r."moduleId" = ?3 ELSE 0 END
ORDER BY r."id" DESC
LIMIT 3;
