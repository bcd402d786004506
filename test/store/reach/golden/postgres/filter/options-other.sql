-- The newest deals whose options are not just this one, for somebody who sees all.

-- $1, $9 = "<module deals>"
-- $2, $3, $4, $5, $6, $7 = "tags"
-- $8 = ["hot"]
SELECT r."id"::text AS "id"
FROM "Record" r
WHERE
  r."moduleId" = $1::uuid
  AND CASE
    WHEN (
      CASE
        WHEN jsonb_typeof(r."values" -> $2::text) = 'array' THEN jsonb_array_length(r."values" -> $3::text)
      END IS NOT NULL
      AND NOT (
        CASE
          WHEN jsonb_typeof(r."values" -> $4::text) = 'array' THEN jsonb_array_length(r."values" -> $5::text)
        END = 1
        AND CASE
          WHEN jsonb_typeof(r."values" -> $6::text) = 'array' THEN jsonb_exists_all (r."values" -> $7::text, $8::text[])
        END
      )
    ) THEN r."moduleId" = $9::uuid
    ELSE false
  END
ORDER BY r."id" DESC
LIMIT 3;
