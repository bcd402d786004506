-- Which records that lookups are to point to are there, held until the transaction ends.

-- $1 = "<organization acme>"
-- $2 = ["<record account 1>", "<record account 2>"]
SELECT "id"::text
FROM "Record"
WHERE
  "orgId" = $1::uuid
  AND "id" = ANY ($2::uuid[])
ORDER BY "id"
FOR KEY SHARE;
