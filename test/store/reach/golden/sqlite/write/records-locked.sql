-- The next hundred records of a module are locked, after one.

-- ?1 = "<module deals>"
-- ?2 = "<record deal 2>"
-- ?3 = "<organization acme>"
-- ?4 = 100
SELECT "id", "ownerSeq", "values"
FROM "Record"
WHERE
  "moduleId" = ?1
  AND "id" > ?2
  AND +"orgId" = ?3
ORDER BY "id"
LIMIT ?4;
