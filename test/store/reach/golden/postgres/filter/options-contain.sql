-- The newest deals one of whose options is a constant, for somebody who sees all.

-- $1, $5 = "<module deals>"
-- $2, $3 = "tags"
-- $4 = ["hot"]
SELECT r."id"::text AS "id"
FROM "Record" r
WHERE
  r."moduleId" = $1::uuid
  AND CASE
    WHEN CASE
      WHEN jsonb_typeof(r."values" -> $2::text) = 'array' THEN jsonb_exists_all (r."values" -> $3::text, $4::text[])
    END THEN r."moduleId" = $5::uuid
    ELSE false
  END
ORDER BY r."id" DESC
LIMIT 3;
