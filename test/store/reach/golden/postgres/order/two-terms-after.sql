-- The first deals by a number, descending, and the owner, after a place, for somebody who sees all.

-- $1, $2, $4, $5, $7, $8, $9, $10, $13, $14, $18, $19 = "amount"
-- $3 = "<module deals>"
-- $6, $11, $15 = 500
-- $12, $16 = "ann"
-- $17 = "<record deal 9>"
SELECT
  CASE
    WHEN jsonb_typeof(r."values" -> $1::text) = 'number' THEN (r."values" ->> $2::text)::float8
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
  r."moduleId" = $3::uuid
  AND (
    (
      CASE
        WHEN jsonb_typeof(r."values" -> $4::text) = 'number' THEN (r."values" ->> $5::text)::float8
      END < $6::float8
      OR CASE
        WHEN jsonb_typeof(r."values" -> $7::text) = 'number' THEN (r."values" ->> $8::text)::float8
      END IS NULL
    )
    OR (
      CASE
        WHEN jsonb_typeof(r."values" -> $9::text) = 'number' THEN (r."values" ->> $10::text)::float8
      END = $11::float8
      AND (
        (
          (
            SELECT person."name"
            FROM "User" person
            WHERE
              person."orgId" = r."orgId"
              AND person."id" = r."ownerId"
          ) COLLATE "C"
        ) > $12::text
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
        WHEN jsonb_typeof(r."values" -> $13::text) = 'number' THEN (r."values" ->> $14::text)::float8
      END = $15::float8
      AND (
        (
          SELECT person."name"
          FROM "User" person
          WHERE
            person."orgId" = r."orgId"
            AND person."id" = r."ownerId"
        ) COLLATE "C"
      ) = $16::text
      AND r."id" < $17::uuid
    )
  )
ORDER BY
  CASE
    WHEN jsonb_typeof(r."values" -> $18::text) = 'number' THEN (r."values" ->> $19::text)::float8
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
