-- The first deals by the owner's name, for somebody who sees all.

-- ?1 = "<module deals>"
SELECT
  (
    SELECT person."name"
    FROM "User" person
    WHERE
      person."orgId" = r."orgId"
      AND person."id" = r."ownerId"
  ) AS "v0",
  r."id" AS "id"
FROM "Record" r
WHERE r."moduleId" = ?1
ORDER BY
  (
    SELECT person."name"
    FROM "User" person
    WHERE
      person."orgId" = r."orgId"
      AND person."id" = r."ownerId"
  ) ASC NULLS LAST,
  r."id" DESC
LIMIT 3;
