-- EXACT: the newest of the deals of somebody who sees all.

-- $1 = "<module deals>"
SELECT r."id"::text AS "id"
FROM "Record" r
WHERE r."moduleId" = (SELECT $1::uuid)
ORDER BY r."id" DESC
LIMIT 3;
