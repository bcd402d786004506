-- The newest deals over an amount, and ticked or without a day, for somebody who sees all.

-- $1, $9 = "<module deals>"
-- $2, $3 = "amount"
-- $4 = 500
-- $5, $6 = "open"
-- $7, $8 = "closing"
SELECT r."id"::text AS "id"
FROM "Record" r
WHERE
  r."moduleId" = $1::uuid
  AND CASE
    WHEN (
      CASE
        WHEN jsonb_typeof(r."values" -> $2::text) = 'number' THEN (r."values" ->> $3::text)::float8
      END > $4::float8
      AND (
        CASE
          WHEN jsonb_typeof(r."values" -> $5::text) = 'boolean' THEN (r."values" ->> $6::text)::boolean::int
        END = 1
        OR CASE
          WHEN jsonb_typeof(r."values" -> $7::text) = 'string' THEN ((r."values" ->> $8::text) COLLATE "C")
        END IS NULL
      )
    ) THEN r."moduleId" = $9::uuid
    ELSE false
  END
ORDER BY r."id" DESC
LIMIT 3;
