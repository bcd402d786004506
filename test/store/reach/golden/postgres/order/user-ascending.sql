-- The first deals by a USER, ascending, for somebody who sees all.

-- $1, $2, $4, $5 = "a USER"
-- $3 = "<module deals>"
SELECT
  (
    (
      SELECT person."name"
      FROM "User" person
      WHERE
        person."orgId" = r."orgId"
        AND person."id" = CASE
          WHEN (r."values" ->> $1::text) ~ '^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$' THEN (r."values" ->> $2::text)::uuid
        END
    ) COLLATE "C"
  ) AS "v0",
  r."id"::text AS "id"
FROM "Record" r
WHERE r."moduleId" = $3::uuid
ORDER BY
  (
    (
      SELECT person."name"
      FROM "User" person
      WHERE
        person."orgId" = r."orgId"
        AND person."id" = CASE
          WHEN (r."values" ->> $4::text) ~ '^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$' THEN (r."values" ->> $5::text)::uuid
        END
    ) COLLATE "C"
  ) ASC NULLS LAST,
  r."id" DESC
LIMIT 3;
