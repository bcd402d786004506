-- SPARSE: how many deals there are, for somebody with nothing but their own.

-- $1 = "<organization acme>"
-- $2 = "<module deals>"
-- $3 = 1
/* kept */
SELECT (
  SELECT coalesce(sum(owner."n"), 0)
  FROM "OwnerCount" owner
  WHERE
    owner."orgId" = (SELECT $1::uuid)
    AND owner."moduleId" = (SELECT $2::uuid)
    AND owner."ownerSeq" + 0 = $3::int
) AS "n";
