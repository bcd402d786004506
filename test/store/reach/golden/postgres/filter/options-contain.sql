-- The newest deals one of whose options is a constant, for somebody who sees all.

-- $1, $6 = "<module deals>"
-- $2, $4 = "tags"
-- $3 = "array"
-- $5 = "hot"
SELECT r."id"::text AS "id"
FROM "Record" r
WHERE
  r."moduleId" = $1::uuid
  AND CASE
    WHEN CASE
      WHEN jsonb_typeof((r."values" -> $2::text)) = $3 THEN jsonb_exists ((r."values" -> $4::text), $5::text)
    END THEN r."moduleId" = $6::uuid
    ELSE false
  END
ORDER BY r."id" DESC
LIMIT 3;
