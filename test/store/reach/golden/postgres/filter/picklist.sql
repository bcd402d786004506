-- The newest deals whose option is one of two, for somebody who sees all.

-- $1, $5 = "<module deals>"
-- $2, $3 = "stage"
-- $4 = ["Won", "Lost"]
SELECT r."id"::text AS "id"
FROM "Record" r
WHERE
  r."moduleId" = $1::uuid
  AND CASE
    WHEN CASE
      WHEN jsonb_typeof(r."values" -> $2::text) = 'string' THEN ((r."values" ->> $3::text) COLLATE "C")
    END = ANY ($4::text[]) THEN r."moduleId" = $5::uuid
    ELSE false
  END
ORDER BY r."id" DESC
LIMIT 3;
