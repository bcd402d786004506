-- The newest deals whose text is a constant, for somebody who sees all.

-- $1, $6 = "<module deals>"
-- $2, $4 = "title"
-- $3 = "string"
-- $5 = "Boat"
SELECT r."id"::text AS "id"
FROM "Record" r
WHERE
  r."moduleId" = $1::uuid
  AND CASE
    WHEN CASE
      WHEN jsonb_typeof((r."values" -> $2::text)) = $3 THEN ((r."values" ->> $4::text) COLLATE "C")
    END = $5::text THEN r."moduleId" = $6::uuid
    ELSE false
  END
ORDER BY r."id" DESC
LIMIT 3;
