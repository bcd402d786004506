-- The first deals by a number, descending, and the owner, after a place, for somebody who sees all.

-- ?1, ?2, ?4, ?5, ?7, ?8, ?9, ?10, ?13, ?14, ?18, ?19 = "$.\"amount\""
-- ?3 = "<module deals>"
-- ?6, ?11, ?15 = 500
-- ?12, ?16 = "ann"
-- ?17 = "<record deal 9>"
SELECT
  CAST(
    CASE
      WHEN json_type(r."values", ?1) IN ('integer', 'real') THEN json_extract(r."values", ?2)
    END AS REAL
  ) AS "v0",
  (
    SELECT person."name"
    FROM "User" person
    WHERE
      person."orgId" = r."orgId"
      AND person."id" = r."ownerId"
  ) AS "v1",
  r."id" AS "id"
FROM "Record" r
WHERE
  r."moduleId" = ?3
  AND (
    (
      CAST(
        CASE
          WHEN json_type(r."values", ?4) IN ('integer', 'real') THEN json_extract(r."values", ?5)
        END AS REAL
      ) < CAST(?6 AS REAL)
      OR CAST(
        CASE
          WHEN json_type(r."values", ?7) IN ('integer', 'real') THEN json_extract(r."values", ?8)
        END AS REAL
      ) IS NULL
    )
    OR (
      CAST(
        CASE
          WHEN json_type(r."values", ?9) IN ('integer', 'real') THEN json_extract(r."values", ?10)
        END AS REAL
      ) = CAST(?11 AS REAL)
      AND (
        (
          SELECT person."name"
          FROM "User" person
          WHERE
            person."orgId" = r."orgId"
            AND person."id" = r."ownerId"
        ) > ?12
        OR (
          SELECT person."name"
          FROM "User" person
          WHERE
            person."orgId" = r."orgId"
            AND person."id" = r."ownerId"
        ) IS NULL
      )
    )
    OR (
      CAST(
        CASE
          WHEN json_type(r."values", ?13) IN ('integer', 'real') THEN json_extract(r."values", ?14)
        END AS REAL
      ) = CAST(?15 AS REAL)
      AND (
        SELECT person."name"
        FROM "User" person
        WHERE
          person."orgId" = r."orgId"
          AND person."id" = r."ownerId"
      ) = ?16
      AND r."id" < ?17
    )
  )
ORDER BY
  CAST(
    CASE
      WHEN json_type(r."values", ?18) IN ('integer', 'real') THEN json_extract(r."values", ?19)
    END AS REAL
  ) DESC NULLS LAST,
  (
    SELECT person."name"
    FROM "User" person
    WHERE
      person."orgId" = r."orgId"
      AND person."id" = r."ownerId"
  ) ASC NULLS LAST,
  r."id" DESC
LIMIT 3;
