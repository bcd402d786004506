-- The first deals by a number, descending, and the owner, after a place, for somebody who sees all.

-- $1, $3, $5, $7, $9, $11, $12, $14, $17, $19, $23, $25 = "amount"
-- $2, $6, $10, $13, $18, $24 = "number"
-- $4 = "<module deals>"
-- $8, $15, $20 = 500
-- $16, $21 = "ann"
-- $22 = "<record deal 9>"
SELECT
  CASE
    WHEN jsonb_typeof((r."values" -> $1::text)) = $2 THEN (r."values" ->> $3::text)::float8
  END AS "v0",
  (
    (
      SELECT person."name"
      FROM "User" person
      WHERE
        person."orgId" = r."orgId"
        AND person."id" = r."ownerId"
    ) COLLATE "C"
  ) AS "v1",
  r."id"::text AS "id"
FROM "Record" r
WHERE
  r."moduleId" = $4::uuid
  AND (
    (
      (
        CASE
          WHEN jsonb_typeof((r."values" -> $5::text)) = $6 THEN (r."values" ->> $7::text)::float8
        END < $8::float8
        OR CASE
          WHEN jsonb_typeof((r."values" -> $9::text)) = $10 THEN (r."values" ->> $11::text)::float8
        END IS NULL
      )
    )
    OR (
      CASE
        WHEN jsonb_typeof((r."values" -> $12::text)) = $13 THEN (r."values" ->> $14::text)::float8
      END = $15::float8
      AND (
        (
          (
            SELECT person."name"
            FROM "User" person
            WHERE
              person."orgId" = r."orgId"
              AND person."id" = r."ownerId"
          ) COLLATE "C"
        ) > $16::text
        OR (
          (
            SELECT person."name"
            FROM "User" person
            WHERE
              person."orgId" = r."orgId"
              AND person."id" = r."ownerId"
          ) COLLATE "C"
        ) IS NULL
      )
    )
    OR (
      CASE
        WHEN jsonb_typeof((r."values" -> $17::text)) = $18 THEN (r."values" ->> $19::text)::float8
      END = $20::float8
      AND (
        (
          SELECT person."name"
          FROM "User" person
          WHERE
            person."orgId" = r."orgId"
            AND person."id" = r."ownerId"
        ) COLLATE "C"
      ) = $21::text
      AND r."id" < $22::uuid
    )
  )
ORDER BY
  CASE
    WHEN jsonb_typeof((r."values" -> $23::text)) = $24 THEN (r."values" ->> $25::text)::float8
  END DESC NULLS LAST,
  (
    (
      SELECT person."name"
      FROM "User" person
      WHERE
        person."orgId" = r."orgId"
        AND person."id" = r."ownerId"
    ) COLLATE "C"
  ) ASC NULLS LAST,
  r."id" DESC
LIMIT 3;
