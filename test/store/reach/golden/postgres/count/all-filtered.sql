-- SPARSE: how many deals meet a filter, for somebody who sees all.

-- $1 = "<module deals>"
-- $2, $4 = "amount"
-- $3 = "number"
-- $5 = 500
SELECT count(*) AS "n"
FROM "Record" r
WHERE
  r."moduleId" = $1::uuid
  AND CASE
    WHEN jsonb_typeof((r."values" -> $2::text)) = $3 THEN (r."values" ->> $4::text)::float8
  END > $5::float8;
