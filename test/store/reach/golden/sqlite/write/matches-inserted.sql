-- Two matches of a rule are stored.

-- ?1 = "<organization acme>"
-- ?2 = "<module deals>"
-- ?3 = "c:<rule hot deals>#1"
-- ?4, ?5, ?6, ?7 = for ever
-- ?8 = JSON [["<record deal 1>", 1], ["<record deal 2>", 2]]
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
SELECT ?1, ?2, ?3, value ->> 0, value ->> 1, ?4, ?5, ?6, ?7
FROM json_each(?8)
WHERE true
ON CONFLICT DO NOTHING;
