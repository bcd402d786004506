-- The first deals by a MULTI_PICKLIST, ascending, for somebody who sees all.

-- ?1, ?2, ?4, ?5 = "$.\"a MULTI_PICKLIST\""
-- ?3 = "<module deals>"
SELECT
  CASE
    WHEN json_type(r."values", ?1) = 'array' THEN (
      SELECT coalesce(group_concat(option.value, char(31)), '')
      FROM json_each(r."values", ?2) AS option
    )
  END AS "v0",
  r."id" AS "id"
FROM "Record" r
WHERE r."moduleId" = ?3
ORDER BY
  CASE
    WHEN json_type(r."values", ?4) = 'array' THEN (
      SELECT coalesce(group_concat(option.value, char(31)), '')
      FROM json_each(r."values", ?5) AS option
    )
  END ASC NULLS LAST,
  r."id" DESC
LIMIT 3;
