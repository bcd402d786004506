-- Which records that lookups are to point to are there, held until the transaction ends.

-- ?1 = "<organization acme>"
-- ?2 = JSON ["<record account 1>", "<record account 2>"]
SELECT "id"
FROM "Record"
WHERE
  "orgId" = ?1
  AND "id" IN (SELECT value FROM json_each(?2));
