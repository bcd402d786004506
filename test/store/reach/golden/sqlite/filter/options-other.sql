-- The newest deals whose options are not just this one, for somebody who sees all.

-- ?1, ?9 = "<module deals>"
-- ?2, ?3, ?4, ?5, ?6, ?7 = "$.\"tags\""
-- ?8 = "hot"
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
          WHEN json_type(r."values", ?6) = 'array' THEN EXISTS (
            SELECT 1
            FROM json_each(r."values", ?7) AS option
            WHERE option.value = ?8
          )
        END
      )
    ) THEN r."moduleId" = ?9
    ELSE 0
  END
ORDER BY r."id" DESC
LIMIT 3;
