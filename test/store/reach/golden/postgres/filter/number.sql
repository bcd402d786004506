-- The newest deals whose number is at least a constant, for somebody who sees all.

-- $1, $6 = "<module deals>"
-- $2, $4 = "amount"
-- $3 = "number"
-- $5 = 500
SELECT r."id"::text AS "id"
FROM "Record" r
WHERE
  r."moduleId" = $1::uuid
  AND CASE
    WHEN CASE
      WHEN jsonb_typeof((r."values" -> $2::text)) = $3 THEN (r."values" ->> $4::text)::float8
    END >= $5::float8 THEN r."moduleId" = $6::uuid
    ELSE false
  END
ORDER BY r."id" DESC
LIMIT 3;
