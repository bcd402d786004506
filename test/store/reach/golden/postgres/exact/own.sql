-- EXACT: the newest of the deals of somebody with nothing but their own.

-- $1 = "<module deals>"
-- $2 = 1
SELECT r."id"::text AS "id"
FROM "Record" r
WHERE
  r."moduleId" = (SELECT $1::uuid)
  AND r."ownerSeq" + 0 = $2::int
ORDER BY r."id" DESC
LIMIT 3;
