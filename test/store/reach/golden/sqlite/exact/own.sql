-- EXACT: the newest of the deals of somebody with nothing but their own.

-- ?1 = "<module deals>"
-- ?2 = 1
SELECT r."id" AS "id"
FROM "Record" r
WHERE
  r."moduleId" = +?1
  AND +r."ownerSeq" = ?2
ORDER BY r."id" DESC
LIMIT 3;
