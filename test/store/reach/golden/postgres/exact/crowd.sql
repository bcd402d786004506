-- EXACT: the newest of the deals of somebody with many owners below them.

-- $1 = "<module deals>"
-- $2 = 32
-- $3 = 4 bytes, a bit for each owner, set for 1, 2, 3, 4, 5, 6, 7, 8, 9
SELECT r."id"::text AS "id"
FROM "Record" r
WHERE
  r."moduleId" = (SELECT $1::uuid)
  AND CASE WHEN r."ownerSeq" < $2 THEN get_bit($3::bytea, r."ownerSeq") ELSE 0 END = 1
ORDER BY r."id" DESC
LIMIT 3;
