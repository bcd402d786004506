-- The first deals by a USER, ascending, for somebody who sees all.

-- ?1, ?2, ?4, ?5 = "$.\"a USER\""
-- ?3 = "<module deals>"
SELECT
  (
    SELECT person."name"
    FROM "User" person
    WHERE
      person."orgId" = r."orgId"
      AND person."id" = CASE
        WHEN json_type(r."values", ?1) IN ('text') THEN json_extract(r."values", ?2)
      END
  ) AS "v0",
  r."id" AS "id"
FROM "Record" r
WHERE r."moduleId" = ?3
ORDER BY
  (
    SELECT person."name"
    FROM "User" person
    WHERE
      person."orgId" = r."orgId"
      AND person."id" = CASE
        WHEN json_type(r."values", ?4) IN ('text') THEN json_extract(r."values", ?5)
      END
  ) ASC NULLS LAST,
  r."id" DESC
LIMIT 3;
