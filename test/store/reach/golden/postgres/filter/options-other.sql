-- The newest deals whose options are not just this one, for somebody who sees all.

-- $1, $12 = "<module deals>"
-- $2, $4, $5, $7, $8, $10 = "tags"
-- $3, $6, $9 = "array"
-- $11 = "hot"
SELECT r."id"::text AS "id"
FROM "Record" r
WHERE
  r."moduleId" = $1::uuid
  AND CASE
    WHEN (
      CASE
        WHEN jsonb_typeof((r."values" -> $2::text)) = $3 THEN jsonb_array_length((r."values" -> $4::text))
      END IS NOT NULL
      AND NOT (
        CASE
          WHEN jsonb_typeof((r."values" -> $5::text)) = $6 THEN jsonb_array_length((r."values" -> $7::text))
        END = 1
        AND CASE
          WHEN jsonb_typeof((r."values" -> $8::text)) = $9 THEN jsonb_exists ((r."values" -> $10::text), $11::text)
        END
      )
    ) THEN r."moduleId" = $12::uuid
    ELSE false
  END
ORDER BY r."id" DESC
LIMIT 3;
