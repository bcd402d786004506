-- Two deals get values of their own, and one of them a name.

-- $1 = JSON [
--     {
--       "orgId": "<organization acme>",
--       "id": "<record deal 1>",
--       "name": "Boat",
--       "values": "{\"amount\":1}",
--       "updatedAt": "2026-12-01T12:00:00.000Z"
--     },
--     {
--       "orgId": "<organization acme>",
--       "id": "<record deal 2>",
--       "name": null,
--       "values": "{}",
--       "updatedAt": "2026-12-01T12:00:00.000Z"
--     }
--   ]
UPDATE "Record"
SET
  "name" = coalesce(d."name", "Record"."name"),
  "values" = d."values"::jsonb,
  "updatedAt" = d."updatedAt"
FROM
  jsonb_to_recordset($1::jsonb) AS d ("orgId" uuid, "id" uuid, "name" text, "values" text, "updatedAt" timestamptz)
WHERE
  "Record"."orgId" = d."orgId"
  AND "Record"."id" = d."id";
