-- The newest deals whose option is one of two, for somebody who sees all.

-- $1, $7 = "<module deals>"
-- $2, $4 = "stage"
-- $3 = "string"
-- $5 = "Won"
-- $6 = "Lost"
SELECT r."id"::text AS "id"
FROM "Record" r
WHERE
  r."moduleId" = $1::uuid
  AND CASE
    WHEN CASE
      WHEN jsonb_typeof((r."values" -> $2::text)) = $3 THEN ((r."values" ->> $4::text) COLLATE "C")
    END IN ($5::text, $6::text) THEN r."moduleId" = $7::uuid
    ELSE false
  END
ORDER BY r."id" DESC
LIMIT 3;
