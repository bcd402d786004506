-- The newest deals whose box is ticked, for somebody who sees all.

-- $1, $5 = "<module deals>"
-- $2, $4 = "open"
-- $3 = "boolean"
SELECT r."id"::text AS "id"
FROM "Record" r
WHERE
  r."moduleId" = $1::uuid
  AND CASE
    WHEN CASE
      WHEN jsonb_typeof((r."values" -> $2::text)) = $3 THEN (r."values" ->> $4::text)::boolean::int
    END = 1 THEN r."moduleId" = $5::uuid
    ELSE false
  END
ORDER BY r."id" DESC
LIMIT 3;
