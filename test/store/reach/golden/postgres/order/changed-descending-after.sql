-- The first deals by change, latest first, after a place, for somebody who sees all.

-- $1 = "<module deals>"
-- $2, $3 = now
-- $4 = "<record deal 9>"
SELECT (extract(epoch FROM r."updatedAt") * 1000)::float8 AS "v0", r."id"::text AS "id"
FROM "Record" r
WHERE
  r."moduleId" = $1::uuid
  AND (
    (
      (extract(epoch FROM r."updatedAt") * 1000)::float8 < $2::float8
      OR (extract(epoch FROM r."updatedAt") * 1000)::float8 IS NULL
    )
    OR (
      (extract(epoch FROM r."updatedAt") * 1000)::float8 = $3::float8
      AND r."id" < $4::uuid
    )
  )
ORDER BY (extract(epoch FROM r."updatedAt") * 1000)::float8 DESC NULLS LAST, r."id" DESC
LIMIT 3;
