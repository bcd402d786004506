-- The newest deals created since an instant, for somebody who sees all.

-- $1, $3 = "<module deals>"
-- $2 = now
SELECT r."id"::text AS "id"
FROM "Record" r
WHERE
  r."moduleId" = $1::uuid
  AND CASE
    WHEN (
      extract(epoch FROM r."createdAt") * 1000
    )::float8 >= $2::float8 THEN r."moduleId" = $3::uuid
    ELSE false
  END
ORDER BY r."id" DESC
LIMIT 3;
