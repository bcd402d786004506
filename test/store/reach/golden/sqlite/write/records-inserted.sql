-- A deal is made.

-- ?1 = "<organization acme>"
-- ?2 = "<module deals>"
-- ?3 = JSON [
--     {
--       "id": "<record deal 13>",
--       "key": "deal-13",
--       "name": "Deal 13",
--       "ownerId": "<user cem>",
--       "ownerSeq": 3,
--       "ownerRoleId": "<role sales>",
--       "createdById": "<user cem>",
--       "values": "{\"amount\":1300,\"account\":\"<record account 1>\"}",
--       "createdAt": 1796126400000
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
  ?1,
  ?2,
  d.value ->> 'id',
  d.value ->> 'key',
  d.value ->> 'name',
  d.value ->> 'ownerId',
  d.value ->> 'ownerSeq',
  d.value ->> 'ownerRoleId',
  d.value ->> 'createdById',
  d.value ->> 'values',
  d.value ->> 'createdAt',
  d.value ->> 'createdAt'
FROM json_each(?3) AS d;
