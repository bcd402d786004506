-- The first deals by change, latest first, after a place, for somebody who sees all.

-- ?1 = "<module deals>"
-- ?2, ?3 = now
-- ?4 = "<record deal 9>"
SELECT CAST(r."updatedAt" AS REAL) AS "v0", r."id" AS "id"
FROM "Record" r
WHERE
  r."moduleId" = ?1
  AND (
    (
      CAST(r."updatedAt" AS REAL) < CAST(?2 AS REAL)
      OR CAST(r."updatedAt" AS REAL) IS NULL
    )
    OR (
      CAST(r."updatedAt" AS REAL) = CAST(?3 AS REAL)
      AND r."id" < ?4
    )
  )
ORDER BY CAST(r."updatedAt" AS REAL) DESC NULLS LAST, r."id" DESC
LIMIT 3;
