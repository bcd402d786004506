-- The newest deals whose text is a constant, for somebody who sees all.

-- ?1, ?5 = "<module deals>"
-- ?2, ?3 = "$.\"title\""
-- ?4 = "Boat"
SELECT r."id" AS "id"
FROM "Record" r
WHERE
  r."moduleId" = ?1
  AND CASE
    WHEN CASE
      WHEN json_type(r."values", ?2) IN ('text') THEN json_extract(r."values", ?3)
    END = ?4 THEN r."moduleId" = ?5
    ELSE 0
  END
ORDER BY r."id" DESC
LIMIT 3;
