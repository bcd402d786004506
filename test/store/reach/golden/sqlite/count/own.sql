-- SPARSE: how many deals there are, for somebody with nothing but their own.

-- ?1 = "<organization acme>"
-- ?2 = "<module deals>"
-- ?3 = 1
/* kept */
SELECT (
  SELECT coalesce(sum(r."n"), 0)
  FROM "OwnerCount" r
  WHERE
    r."orgId" = +?1
    AND r."moduleId" = +?2
    AND +r."ownerSeq" = ?3
) AS "n";
