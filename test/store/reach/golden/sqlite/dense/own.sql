-- DENSE: the newest of the deals of somebody with nothing but their own.

-- ?1 = "<module deals>"
-- ?2 = 1
SELECT 0 AS "way", "id"
FROM (
  SELECT r."id" AS "id"
  FROM (
    SELECT r."id", r."ownerSeq"
    FROM "Record" r
    WHERE r."moduleId" = +?1
    ORDER BY r."id" DESC
    LIMIT 2000
  ) r
  WHERE +r."ownerSeq" = ?2
  LIMIT 3
);
