-- The newest deals whose text contains a constant, for somebody who sees all.

-- $1, $5 = "<module deals>"
-- $2, $3 = "title"
-- $4 = "oa"
SELECT r."id"::text AS "id"
FROM "Record" r
WHERE
  r."moduleId" = $1::uuid
  AND CASE
    WHEN strpos(
      CASE
        WHEN jsonb_typeof(r."values" -> $2::text) = 'string' THEN ((r."values" ->> $3::text) COLLATE "C")
      END,
      $4::text
    ) > 0 THEN r."moduleId" = $5::uuid
    ELSE false
  END
ORDER BY r."id" DESC
LIMIT 3;
