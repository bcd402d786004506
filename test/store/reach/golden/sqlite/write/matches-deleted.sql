-- Matches of a rule are deleted, a hundred at most.

-- ?1 = "c:<rule hot deals>#1"
-- ?2 = "<organization acme>"
-- ?3 = 100
DELETE FROM "RecordGrant"
WHERE
  rowid IN (
    SELECT rowid
    FROM "RecordGrant"
    WHERE
      "key" = ?1
      AND +"orgId" = ?2
    LIMIT ?3
  );
