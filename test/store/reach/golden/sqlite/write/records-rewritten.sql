-- Two deals get values of their own, and one of them a name.

-- ?1 = JSON [
--     {
--       "orgId": "<organization acme>",
--       "id": "<record deal 1>",
--       "name": "Boat",
--       "values": "{\"amount\":1}",
--       "updatedAt": 1796126400000
--     },
--     {
--       "orgId": "<organization acme>",
--       "id": "<record deal 2>",
--       "name": null,
--       "values": "{}",
--       "updatedAt": 1796126400000
--     }
--   ]
UPDATE "Record"
SET
  "name" = coalesce(d.value ->> 'name', "name"),
  "values" = d.value ->> 'values',
  "updatedAt" = d.value ->> 'updatedAt'
FROM json_each(?1) AS d
WHERE
  "Record"."orgId" = d.value ->> 'orgId'
  AND "Record"."id" = d.value ->> 'id';
