-- SPARSE: how many deals there are, for somebody who sees all.

-- $1 = "<organization acme>"
-- $2 = "<module deals>"
/* kept */
SELECT coalesce(sum(r."n"), 0) AS "n"
FROM "OwnerCount" r
WHERE
  r."orgId" = (SELECT $1::uuid)
  AND r."moduleId" = (SELECT $2::uuid);
