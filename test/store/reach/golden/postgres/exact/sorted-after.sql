-- EXACT: those of the greatest amount after a place of the deals of somebody with people below them, shares (one narrowed to owners) and two rules.

-- $1, $2, $12, $13, $15, $16, $17, $18, $21, $22 = "amount"
-- $3 = "<module deals>"
-- $4, $10 = 32
-- $5 = 4 bytes, a bit for each owner, set for 1, 2
-- $6 = "<organization acme>"
-- $7 = now
-- $8 = ["u:<user ann>", "c:<rule hot deals>#1", "c:<rule old deals>#3"]
-- $9 = "g:<group reps>"
-- $11 = 4 bytes, a bit for each owner, set for 3, 4
-- $14, $19 = 900
-- $20 = "<record deal 9>"
SELECT
  CASE
    WHEN jsonb_typeof(r."values" -> $1::text) = 'number' THEN (r."values" ->> $2::text)::float8
  END AS "v0",
  r."id"::text AS "id"
FROM "Record" r
WHERE
  r."moduleId" = $3::uuid
  AND (
    CASE WHEN r."ownerSeq" < $4 THEN get_bit($5::bytea, r."ownerSeq") ELSE 0 END = 1
    OR EXISTS (
      SELECT 1
      FROM "RecordGrant" g
      WHERE
        g."orgId" = $6::uuid
        AND g."recordId" = r."id"
        AND g."readUntil" > $7::bigint
        AND (
          g."key" = ANY ($8::text[])
          OR (
            g."key" = $9::text
            AND CASE WHEN g."ownerSeq" < $10 THEN get_bit($11::bytea, g."ownerSeq") ELSE 0 END = 1
          )
        )
    )
  )
  AND (
    (
      CASE
        WHEN jsonb_typeof(r."values" -> $12::text) = 'number' THEN (r."values" ->> $13::text)::float8
      END < $14::float8
      OR CASE
        WHEN jsonb_typeof(r."values" -> $15::text) = 'number' THEN (r."values" ->> $16::text)::float8
      END IS NULL
    )
    OR (
      CASE
        WHEN jsonb_typeof(r."values" -> $17::text) = 'number' THEN (r."values" ->> $18::text)::float8
      END = $19::float8
      AND r."id" < $20::uuid
    )
  )
ORDER BY
  CASE
    WHEN jsonb_typeof(r."values" -> $21::text) = 'number' THEN (r."values" ->> $22::text)::float8
  END DESC NULLS LAST,
  r."id" DESC
LIMIT 3;
