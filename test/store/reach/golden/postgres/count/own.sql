-- SPARSE: how many deals there are, for somebody with nothing but their own.

-- $1 = "<organization acme>"
-- $2 = "<module deals>"
-- $3 = 1
/* kept */
SELECT (
  SELECT coalesce(sum(r."n"), 0)
  FROM "OwnerCount" r
  WHERE
    r."orgId" = (SELECT $1::uuid)
    AND r."moduleId" = (SELECT $2::uuid)
    AND r."ownerSeq" + 0 = $3::int
) AS "n";
