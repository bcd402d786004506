-- The newest deals whose owner is one of two, for somebody who sees all.

-- $1, $3 = "<module deals>"
-- $2 = ["<user ann>", "<user ben>"]
SELECT r."id"::text AS "id"
FROM "Record" r
WHERE
  r."moduleId" = $1::uuid
  AND CASE WHEN r."ownerId" = ANY ($2::uuid[]) THEN r."moduleId" = $3::uuid ELSE false END
ORDER BY r."id" DESC
LIMIT 3;
