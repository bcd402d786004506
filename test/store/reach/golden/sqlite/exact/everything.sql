-- EXACT: the newest of the deals of somebody who sees all.

-- ?1 = "<module deals>"
SELECT r."id" AS "id"
FROM "Record" r
WHERE r."moduleId" = +?1
ORDER BY r."id" DESC
LIMIT 3;
