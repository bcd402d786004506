-- The newest deals whose box is ticked, for somebody who sees all.

-- $1, $4 = "<module deals>"
-- $2, $3 = "open"
SELECT r."id"::text AS "id"
FROM "Record" r
WHERE
  r."moduleId" = $1::uuid
  AND CASE
    WHEN CASE
      WHEN jsonb_typeof(r."values" -> $2::text) = 'boolean' THEN (r."values" ->> $3::text)::boolean::int
    END = 1 THEN r."moduleId" = $4::uuid
    ELSE false
  END
ORDER BY r."id" DESC
LIMIT 3;
