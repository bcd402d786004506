-- DENSE: the newest of the deals of somebody with nothing but their own.

-- $1 = "<module deals>"
-- $2 = 1
SELECT 0 AS "way", owned."id"::text AS "id"
FROM (
  SELECT r."id"
  FROM (
    SELECT r."id", r."ownerSeq"
    FROM "Record" r
    WHERE r."moduleId" = (SELECT $1::uuid)
    ORDER BY r."id" DESC
    LIMIT 2000
  ) r
  WHERE r."ownerSeq" + 0 = $2::int
  ORDER BY r."id" DESC
  LIMIT 3
) owned;
