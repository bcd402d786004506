-- The newest deals whose options are not just this one, for somebody who sees all.

-- ?1, ?9 = "<module deals>"
-- ?2, ?3, ?4, ?5, ?6, ?7 = "$.\"tags\""
-- ?8 = JSON ["hot"]
SELECT r."id" AS "id"
FROM "Record" r
WHERE
  r."moduleId" = ?1
  AND CASE
    WHEN (
      CASE
        WHEN json_type(r."values", ?2) = 'array' THEN json_array_length(r."values", ?3)
      END IS NOT NULL
      AND NOT (
        CASE WHEN json_type(r."values", ?4) = 'array' THEN json_array_length(r."values", ?5) END = 1
        AND CASE
          WHEN json_type(r."values", ?6) = 'array' THEN (
            SELECT count(DISTINCT option.value)
            FROM json_each(r."values", ?7) AS option
            WHERE option.value IN (SELECT value FROM json_each(?8))
          ) = 1
        END
      )
    ) THEN r."moduleId" = ?9
    ELSE 0
  END
ORDER BY r."id" DESC
LIMIT 3;
