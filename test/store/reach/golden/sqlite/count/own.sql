-- SPARSE: how many deals there are, for somebody with nothing but their own.

-- ?1 = "<organization acme>"
-- ?2 = "<module deals>"
-- ?3 = 1
/* kept */
SELECT (
  SELECT coalesce(sum(owner."n"), 0)
  FROM "OwnerCount" owner
  WHERE
    owner."orgId" = +?1
    AND owner."moduleId" = +?2
    AND +owner."ownerSeq" = ?3
) AS "n";
