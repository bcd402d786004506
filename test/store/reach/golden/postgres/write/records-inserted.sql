-- A deal is made.

-- $1 = "<organization acme>"
-- $2 = "<module deals>"
-- $3 = JSON [
--     {
--       "id": "<record deal 13>",
--       "key": "deal-13",
--       "name": "Deal 13",
--       "ownerId": "<user cem>",
--       "ownerSeq": 3,
--       "ownerRoleId": "<role sales>",
--       "createdById": "<user cem>",
--       "values": "{\"amount\":1300,\"account\":\"<record account 1>\"}",
--       "createdAt": "2026-12-01T12:00:00.000Z"
--     }
--   ]
INSERT INTO
  "Record" (
    "orgId",
    "moduleId",
    "id",
    "key",
    "name",
    "ownerId",
    "ownerSeq",
    "ownerRoleId",
    "createdById",
    "values",
    "createdAt",
    "updatedAt"
  )
SELECT
  $1::uuid,
  $2::uuid,
  d."id",
  d."key",
  d."name",
  d."ownerId",
  d."ownerSeq",
  d."ownerRoleId",
  d."createdById",
  d."values"::jsonb,
  d."createdAt",
  d."createdAt"
FROM
  jsonb_to_recordset($3::jsonb) AS d (
    "id" uuid,
    "key" text,
    "name" text,
    "ownerId" uuid,
    "ownerSeq" int,
    "ownerRoleId" uuid,
    "createdById" uuid,
    "values" text,
    "createdAt" timestamptz
  );
