-- Which records point to one of two accounts, through either of two lookups.

-- ?1 = "<module deals>"
-- ?2, ?6 = "<organization acme>"
-- ?3 = "$.\"account\""
-- ?4, ?8 = JSON ["<record account 1>", "<record account 2>"]
-- ?5 = "<module accounts>"
-- ?7 = "$.\"parent\""
SELECT "id"
FROM "Record"
WHERE
  "moduleId" = ?1
  AND +"orgId" = ?2
  AND "values" ->> ?3 IN (SELECT value FROM json_each(?4))
UNION
SELECT "id"
FROM "Record"
WHERE
  "moduleId" = ?5
  AND +"orgId" = ?6
  AND "values" ->> ?7 IN (SELECT value FROM json_each(?8));
