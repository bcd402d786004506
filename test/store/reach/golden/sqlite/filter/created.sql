-- The newest deals created since an instant, for somebody who sees all.

-- ?1, ?3 = "<module deals>"
-- ?2 = now
SELECT r."id" AS "id"
FROM "Record" r
WHERE
  r."moduleId" = ?1
  AND CASE WHEN CAST(r."createdAt" AS REAL) >= CAST(?2 AS REAL) THEN r."moduleId" = ?3 ELSE 0 END
ORDER BY r."id" DESC
LIMIT 3;
