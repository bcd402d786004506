-- The first deals by a BOOLEAN, ascending, for somebody who sees all.

-- $1, $3, $5, $7 = "a BOOLEAN"
-- $2, $6 = "boolean"
-- $4 = "<module deals>"
SELECT
  CASE
    WHEN jsonb_typeof((r."values" -> $1::text)) = $2 THEN (r."values" ->> $3::text)::boolean::int
  END AS "v0",
  r."id"::text AS "id"
FROM "Record" r
WHERE r."moduleId" = $4::uuid
ORDER BY
  CASE
    WHEN jsonb_typeof((r."values" -> $5::text)) = $6 THEN (r."values" ->> $7::text)::boolean::int
  END ASC NULLS LAST,
  r."id" DESC
LIMIT 3;
