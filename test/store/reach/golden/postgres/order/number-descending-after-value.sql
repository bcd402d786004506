-- The first deals by a number, descending, after a value, for somebody who sees all.

-- $1, $2, $4, $5, $7, $8, $9, $10, $13, $14 = "amount"
-- $3 = "<module deals>"
-- $6, $11 = 500
-- $12 = "<record deal 9>"
SELECT
  CASE
    WHEN jsonb_typeof(r."values" -> $1::text) = 'number' THEN (r."values" ->> $2::text)::float8
  END AS "v0",
  r."id"::text AS "id"
FROM "Record" r
WHERE
  r."moduleId" = $3::uuid
  AND (
    (
      CASE
        WHEN jsonb_typeof(r."values" -> $4::text) = 'number' THEN (r."values" ->> $5::text)::float8
      END < $6::float8
      OR CASE
        WHEN jsonb_typeof(r."values" -> $7::text) = 'number' THEN (r."values" ->> $8::text)::float8
      END IS NULL
    )
    OR (
      CASE
        WHEN jsonb_typeof(r."values" -> $9::text) = 'number' THEN (r."values" ->> $10::text)::float8
      END = $11::float8
      AND r."id" < $12::uuid
    )
  )
ORDER BY
  CASE
    WHEN jsonb_typeof(r."values" -> $13::text) = 'number' THEN (r."values" ->> $14::text)::float8
  END DESC NULLS LAST,
  r."id" DESC
LIMIT 3;
