-- The newest deals one of whose options is a constant, for somebody who sees all.

-- ?1, ?5 = "<module deals>"
-- ?2, ?3 = "$.\"tags\""
-- ?4 = JSON ["hot"]
SELECT r."id" AS "id"
FROM "Record" r
WHERE
  r."moduleId" = ?1
  AND CASE
    WHEN CASE
      WHEN json_type(r."values", ?2) = 'array' THEN (
        SELECT count(DISTINCT option.value)
        FROM json_each(r."values", ?3) AS option
        WHERE option.value IN (SELECT value FROM json_each(?4))
      ) = 1
    END THEN r."moduleId" = ?5
    ELSE 0
  END
ORDER BY r."id" DESC
LIMIT 3;
