-- The first deals by a TEXT, ascending, for somebody who sees all.

-- ?1, ?2, ?4, ?5 = "$.\"a TEXT\""
-- ?3 = "<module deals>"
SELECT
  CASE WHEN json_type(r."values", ?1) IN ('text') THEN json_extract(r."values", ?2) END AS "v0",
  r."id" AS "id"
FROM "Record" r
WHERE r."moduleId" = ?3
ORDER BY
  CASE
    WHEN json_type(r."values", ?4) IN ('text') THEN json_extract(r."values", ?5)
  END ASC NULLS LAST,
  r."id" DESC
LIMIT 3;
