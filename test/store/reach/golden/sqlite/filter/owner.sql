-- The newest deals whose owner is one of two, for somebody who sees all.

-- ?1, ?4 = "<module deals>"
-- ?2 = "<user ann>"
-- ?3 = "<user ben>"
SELECT r."id" AS "id"
FROM "Record" r
WHERE
  r."moduleId" = ?1
  AND CASE WHEN r."ownerId" IN (?2, ?3) THEN r."moduleId" = ?4 ELSE 0 END
ORDER BY r."id" DESC
LIMIT 3;
