-- Two matches of a rule are stored.

-- $1 = "<organization acme>"
-- $2 = "<module deals>"
-- $3 = "c:<rule hot deals>#1"
-- $4, $5, $6, $7 = for ever
-- $8 = ["<record deal 1>", "<record deal 2>"]
-- $9 = [1, 2]
INSERT INTO
  "RecordGrant" (
    "orgId",
    "moduleId",
    "key",
    "recordId",
    "ownerSeq",
    "readUntil",
    "updateUntil",
    "deleteUntil",
    "shareUntil"
  )
SELECT
  $1::uuid,
  $2::uuid,
  $3::text,
  "id",
  "ownerSeq",
  $4::bigint,
  $5::bigint,
  $6::bigint,
  $7::bigint
FROM unnest($8::uuid[], $9::int[]) AS matched ("id", "ownerSeq")
ON CONFLICT DO NOTHING;
