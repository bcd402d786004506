-- The first deals by a TEXT, ascending, for somebody who sees all.

-- $1, $2, $4, $5 = "a TEXT"
-- $3 = "<module deals>"
SELECT
  CASE
    WHEN jsonb_typeof(r."values" -> $1::text) = 'string' THEN ((r."values" ->> $2::text) COLLATE "C")
  END AS "v0",
  r."id"::text AS "id"
FROM "Record" r
WHERE r."moduleId" = $3::uuid
ORDER BY
  CASE
    WHEN jsonb_typeof(r."values" -> $4::text) = 'string' THEN ((r."values" ->> $5::text) COLLATE "C")
  END ASC NULLS LAST,
  r."id" DESC
LIMIT 3;
