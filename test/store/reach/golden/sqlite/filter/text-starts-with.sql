-- The newest deals whose text begins with a constant, for somebody who sees all.

-- ?1, ?6 = "<module deals>"
-- ?2, ?3 = "$.\"title\""
-- ?4 = 2
-- ?5 = "Bo"
SELECT r."id" AS "id"
FROM "Record" r
WHERE
  r."moduleId" = ?1
  AND CASE
    WHEN substr(
      CASE WHEN json_type(r."values", ?2) IN ('text') THEN json_extract(r."values", ?3) END,
      1,
      ?4
    ) = ?5 THEN r."moduleId" = ?6
    ELSE 0
  END
ORDER BY r."id" DESC
LIMIT 3;
