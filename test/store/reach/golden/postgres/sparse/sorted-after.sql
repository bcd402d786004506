-- SPARSE: those of the greatest amount after a place of the deals of somebody with people below them, shares (one narrowed to owners) and two rules.

-- $1, $2, $16, $17, $19, $20, $21, $22, $25, $26 = "amount"
-- $3, $8, $13 = "<module deals>"
-- $4 = ["<role sales>"]
-- $5, $11 = 32
-- $6 = 4 bytes, a bit for each owner, set for 1, 2
-- $7 = ["u:<user ann>", "c:<rule hot deals>#1", "c:<rule old deals>#3"]
-- $9, $14 = now
-- $10 = "g:<group reps>"
-- $12 = 4 bytes, a bit for each owner, set for 3, 4
-- $15 = "<organization acme>"
-- $18, $23 = 900
-- $24 = "<record deal 9>"
SELECT
  CASE
    WHEN jsonb_typeof(r."values" -> $1::text) = 'number' THEN (r."values" ->> $2::text)::float8
  END AS "v0",
  r."id"::text AS "id"
FROM
  (
    SELECT r."id"
    FROM "Record" r
    WHERE
      r."moduleId" = $3::uuid
      AND r."ownerRoleId" = ANY ($4::uuid[])
      AND CASE WHEN r."ownerSeq" < $5 THEN get_bit($6::bytea, r."ownerSeq") ELSE 0 END = 1
    UNION
    SELECT DISTINCT g."recordId" AS "id"
    FROM "RecordGrant" g
    WHERE
      g."key" = ANY ($7::text[])
      AND g."moduleId" = $8::uuid
      AND g."readUntil" > $9::bigint
    UNION
    SELECT DISTINCT g."recordId" AS "id"
    FROM "RecordGrant" g
    WHERE
      g."key" = $10::text
      AND CASE WHEN g."ownerSeq" < $11 THEN get_bit($12::bytea, g."ownerSeq") ELSE 0 END = 1
      AND g."moduleId" = $13::uuid
      AND g."readUntil" > $14::bigint
  ) visible
  JOIN "Record" r ON r."orgId" = $15::uuid
  AND r."id" = visible."id"
WHERE (
  (
    CASE
      WHEN jsonb_typeof(r."values" -> $16::text) = 'number' THEN (r."values" ->> $17::text)::float8
    END < $18::float8
    OR CASE
      WHEN jsonb_typeof(r."values" -> $19::text) = 'number' THEN (r."values" ->> $20::text)::float8
    END IS NULL
  )
  OR (
    CASE
      WHEN jsonb_typeof(r."values" -> $21::text) = 'number' THEN (r."values" ->> $22::text)::float8
    END = $23::float8
    AND r."id" < $24::uuid
  )
)
ORDER BY
  CASE
    WHEN jsonb_typeof(r."values" -> $25::text) = 'number' THEN (r."values" ->> $26::text)::float8
  END DESC NULLS LAST,
  r."id" DESC
LIMIT 3;
