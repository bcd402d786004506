-- The newest deals whose owner is one of two, for somebody who sees all.

-- ?1, ?3 = "<module deals>"
-- ?2 = JSON ["<user ann>", "<user ben>"]
SELECT r."id" AS "id"
FROM "Record" r
WHERE
  r."moduleId" = ?1
  AND CASE WHEN r."ownerId" IN (SELECT value FROM json_each(?2)) THEN r."moduleId" = ?3 ELSE 0 END
ORDER BY r."id" DESC
LIMIT 3;
