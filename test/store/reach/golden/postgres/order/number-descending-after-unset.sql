-- The first deals by a number, descending, after one without it, for somebody who sees all.

-- $1, $3, $5, $7, $9, $11 = "amount"
-- $2, $6, $10 = "number"
-- $4 = "<module deals>"
-- $8 = "<record deal 9>"
SELECT
  CASE
    WHEN jsonb_typeof((r."values" -> $1::text)) = $2 THEN (r."values" ->> $3::text)::float8
  END AS "v0",
  r."id"::text AS "id"
FROM "Record" r
WHERE
  r."moduleId" = $4::uuid
  AND (
    (1 = 0)
    OR (
      CASE
        WHEN jsonb_typeof((r."values" -> $5::text)) = $6 THEN (r."values" ->> $7::text)::float8
      END IS NULL
      AND r."id" < $8::uuid
    )
  )
ORDER BY
  CASE
    WHEN jsonb_typeof((r."values" -> $9::text)) = $10 THEN (r."values" ->> $11::text)::float8
  END DESC NULLS LAST,
  r."id" DESC
LIMIT 3;
