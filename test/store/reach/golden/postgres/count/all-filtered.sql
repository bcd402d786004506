-- SPARSE: how many deals meet a filter, for somebody who sees all.

-- $1 = "<module deals>"
-- $2, $3 = "amount"
-- $4 = 500
SELECT count(*) AS "n"
FROM "Record" r
WHERE
  r."moduleId" = $1::uuid
  AND CASE
    WHEN jsonb_typeof(r."values" -> $2::text) = 'number' THEN (r."values" ->> $3::text)::float8
  END > $4::float8;
