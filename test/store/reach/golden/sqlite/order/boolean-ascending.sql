-- The first deals by a BOOLEAN, ascending, for somebody who sees all.

-- ?1, ?2, ?4, ?5 = "$.\"a BOOLEAN\""
-- ?3 = "<module deals>"
SELECT
  CASE
    WHEN json_type(r."values", ?1) IN ('true', 'false') THEN json_extract(r."values", ?2)
  END AS "v0",
  r."id" AS "id"
FROM "Record" r
WHERE r."moduleId" = ?3
ORDER BY
  CASE
    WHEN json_type(r."values", ?4) IN ('true', 'false') THEN json_extract(r."values", ?5)
  END ASC NULLS LAST,
  r."id" DESC
LIMIT 3;
