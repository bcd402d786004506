-- The newest deals whose name comes after a constant, for somebody who sees all.

-- $1, $3 = "<module deals>"
-- $2 = "M"
SELECT r."id"::text AS "id"
FROM "Record" r
WHERE
  r."moduleId" = $1::uuid
  AND CASE WHEN (r."name" COLLATE "C") > $2::text THEN r."moduleId" = $3::uuid ELSE false END
ORDER BY r."id" DESC
LIMIT 3;
