-- The next hundred records of a module are locked, after one.

-- $1 = "<module deals>"
-- $2 = "<record deal 2>"
-- $3 = "<organization acme>"
-- $4 = 100
SELECT "id"::text, "ownerSeq", "values"
FROM "Record"
WHERE
  "moduleId" = $1::uuid
  AND "id" > $2::uuid
  AND "orgId" = $3::uuid
ORDER BY "Record"."id"
LIMIT $4
FOR NO KEY UPDATE;
