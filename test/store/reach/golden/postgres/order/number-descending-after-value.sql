-- The first deals by a number, descending, after a value, for somebody who sees all.

-- $1, $3, $5, $7, $9, $11, $12, $14, $17, $19 = "amount"
-- $2, $6, $10, $13, $18 = "number"
-- $4 = "<module deals>"
-- $8, $15 = 500
-- $16 = "<record deal 9>"
SELECT
  CASE
    WHEN jsonb_typeof((r."values" -> $1::text)) = $2 THEN (r."values" ->> $3::text)::float8
  END AS "v0",
  r."id"::text AS "id"
FROM "Record" r
WHERE
  r."moduleId" = $4::uuid
  AND (
    (
      (
        CASE
          WHEN jsonb_typeof((r."values" -> $5::text)) = $6 THEN (r."values" ->> $7::text)::float8
        END < $8::float8
        OR CASE
          WHEN jsonb_typeof((r."values" -> $9::text)) = $10 THEN (r."values" ->> $11::text)::float8
        END IS NULL
      )
    )
    OR (
      CASE
        WHEN jsonb_typeof((r."values" -> $12::text)) = $13 THEN (r."values" ->> $14::text)::float8
      END = $15::float8
      AND r."id" < $16::uuid
    )
  )
ORDER BY
  CASE
    WHEN jsonb_typeof((r."values" -> $17::text)) = $18 THEN (r."values" ->> $19::text)::float8
  END DESC NULLS LAST,
  r."id" DESC
LIMIT 3;
