-- SPARSE: those of the greatest amount after a place of the deals of somebody with people below them, shares (one narrowed to owners) and two rules.

-- $1, $3, $17, $19, $21, $23, $24, $26, $29, $31 = "amount"
-- $2, $18, $22, $25, $30 = "number"
-- $4, $9, $14 = "<module deals>"
-- $5 = ["<role sales>"]
-- $6, $12 = 32
-- $7 = 4 bytes, a bit for each owner, set for 1, 2
-- $8 = ["u:<user ann>", "c:<rule hot deals>#1", "c:<rule old deals>#3"]
-- $10, $15 = now
-- $11 = "g:<group reps>"
-- $13 = 4 bytes, a bit for each owner, set for 3, 4
-- $16 = "<organization acme>"
-- $20, $27 = 900
-- $28 = "<record deal 9>"
SELECT
  CASE
    WHEN jsonb_typeof((r."values" -> $1::text)) = $2 THEN (r."values" ->> $3::text)::float8
  END AS "v0",
  r."id"::text AS "id"
FROM
  (
    SELECT r."id"
    FROM "Record" r
    WHERE
      r."moduleId" = $4::uuid
      AND r."ownerRoleId" = ANY ($5::uuid[])
      AND CASE WHEN r."ownerSeq" < $6 THEN get_bit($7::bytea, r."ownerSeq") ELSE 0 END = 1
    UNION
    SELECT DISTINCT g."recordId" AS "id"
    FROM "RecordGrant" g
    WHERE
      g."key" = ANY ($8::text[])
      AND g."moduleId" = $9::uuid
      AND g."readUntil" > $10::bigint
    UNION
    SELECT DISTINCT g."recordId" AS "id"
    FROM "RecordGrant" g
    WHERE
      g."key" = $11::text
      AND CASE WHEN g."ownerSeq" < $12 THEN get_bit($13::bytea, g."ownerSeq") ELSE 0 END = 1
      AND g."moduleId" = $14::uuid
      AND g."readUntil" > $15::bigint
  ) c
  JOIN "Record" r ON r."orgId" = $16::uuid
  AND r."id" = c."id"
WHERE (
  (
    (
      CASE
        WHEN jsonb_typeof((r."values" -> $17::text)) = $18 THEN (r."values" ->> $19::text)::float8
      END < $20::float8
      OR CASE
        WHEN jsonb_typeof((r."values" -> $21::text)) = $22 THEN (r."values" ->> $23::text)::float8
      END IS NULL
    )
  )
  OR (
    CASE
      WHEN jsonb_typeof((r."values" -> $24::text)) = $25 THEN (r."values" ->> $26::text)::float8
    END = $27::float8
    AND r."id" < $28::uuid
  )
)
ORDER BY
  CASE
    WHEN jsonb_typeof((r."values" -> $29::text)) = $30 THEN (r."values" ->> $31::text)::float8
  END DESC NULLS LAST,
  r."id" DESC
LIMIT 3;
