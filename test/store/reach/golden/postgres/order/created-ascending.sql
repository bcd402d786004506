-- The first deals by creation, oldest first, for somebody who sees all.

-- $1 = "<module deals>"
SELECT r."id"::text AS "v0", r."id"::text AS "id"
FROM "Record" r
WHERE r."moduleId" = $1::uuid
ORDER BY r."id" ASC NULLS LAST, r."id" DESC
LIMIT 3;
