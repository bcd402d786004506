-- SPARSE: how many deals there are, for somebody who sees all.

-- $1 = "<organization acme>"
-- $2 = "<module deals>"
/* kept */
SELECT coalesce(sum(owner."n"), 0) AS "n"
FROM "OwnerCount" owner
WHERE
  owner."orgId" = (SELECT $1::uuid)
  AND owner."moduleId" = (SELECT $2::uuid);
