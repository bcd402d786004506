-- EXACT: the newest of the deals of somebody with many owners below them.

-- ?1 = "<module deals>"
-- ?2 = 32 bytes, a byte for each owner, set for 1, 2, 3, 4, 5, 6, 7, 8, 9
SELECT r."id" AS "id"
FROM "Record" r
WHERE
  r."moduleId" = +?1
  AND substr(?2, r."ownerSeq" + 1, 1) = x'01'
ORDER BY r."id" DESC
LIMIT 3;
