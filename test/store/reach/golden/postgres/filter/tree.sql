-- The newest deals over an amount, and ticked or without a day, for somebody who sees all.

-- $1, $12 = "<module deals>"
-- $2, $4 = "amount"
-- $3 = "number"
-- $5 = 500
-- $6, $8 = "open"
-- $7 = "boolean"
-- $9, $11 = "closing"
-- $10 = "string"
SELECT r."id"::text AS "id"
FROM "Record" r
WHERE
  r."moduleId" = $1::uuid
  AND CASE
    WHEN (
      CASE
        WHEN jsonb_typeof((r."values" -> $2::text)) = $3 THEN (r."values" ->> $4::text)::float8
      END > $5::float8
      AND (
        CASE
          WHEN jsonb_typeof((r."values" -> $6::text)) = $7 THEN (r."values" ->> $8::text)::boolean::int
        END = 1
        OR CASE
          WHEN jsonb_typeof((r."values" -> $9::text)) = $10 THEN ((r."values" ->> $11::text) COLLATE "C")
        END IS NULL
      )
    ) THEN r."moduleId" = $12::uuid
    ELSE false
  END
ORDER BY r."id" DESC
LIMIT 3;
