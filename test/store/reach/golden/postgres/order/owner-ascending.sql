-- The first deals by the owner's name, for somebody who sees all.

-- $1 = "<module deals>"
SELECT
  (
    (
      SELECT person."name"
      FROM "User" person
      WHERE
        person."orgId" = r."orgId"
        AND person."id" = r."ownerId"
    ) COLLATE "C"
  ) AS "v0",
  r."id"::text AS "id"
FROM "Record" r
WHERE r."moduleId" = $1::uuid
ORDER BY
  (
    (
      SELECT person."name"
      FROM "User" person
      WHERE
        person."orgId" = r."orgId"
        AND person."id" = r."ownerId"
    ) COLLATE "C"
  ) ASC NULLS LAST,
  r."id" DESC
LIMIT 3;
