-- The newest deals whose number is at least a constant, for somebody who sees all.

-- $1, $5 = "<module deals>"
-- $2, $3 = "amount"
-- $4 = 500
SELECT r."id"::text AS "id"
FROM "Record" r
WHERE
  r."moduleId" = $1::uuid
  AND CASE
    WHEN CASE
      WHEN jsonb_typeof(r."values" -> $2::text) = 'number' THEN (r."values" ->> $3::text)::float8
    END >= $4::float8 THEN r."moduleId" = $5::uuid
    ELSE false
  END
ORDER BY r."id" DESC
LIMIT 3;
