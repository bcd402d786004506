-- Which records point to one of two accounts, through either of two lookups.

-- $1 = "<module deals>"
-- $2, $6 = "<organization acme>"
-- $3 = "account"
-- $4, $8 = ["<record account 1>", "<record account 2>"]
-- $5 = "<module accounts>"
-- $7 = "parent"
SELECT "id"::text
FROM "Record"
WHERE
  "moduleId" = $1::uuid
  AND "orgId" = $2::uuid
  AND "values" ->> $3::text = ANY ($4::text[])
UNION
SELECT "id"::text
FROM "Record"
WHERE
  "moduleId" = $5::uuid
  AND "orgId" = $6::uuid
  AND "values" ->> $7::text = ANY ($8::text[]);
