-- EXACT: those of the greatest amount after a place of the deals of somebody with people below them, shares (one narrowed to owners) and two rules.

-- $1, $3, $13, $15, $17, $19, $20, $22, $25, $27 = "amount"
-- $2, $14, $18, $21, $26 = "number"
-- $4 = "<module deals>"
-- $5, $11 = 32
-- $6 = 4 bytes, a bit for each owner, set for 1, 2
-- $7 = "<organization acme>"
-- $8 = now
-- $9 = ["u:<user ann>", "c:<rule hot deals>#1", "c:<rule old deals>#3"]
-- $10 = "g:<group reps>"
-- $12 = 4 bytes, a bit for each owner, set for 3, 4
-- $16, $23 = 900
-- $24 = "<record deal 9>"
SELECT
  CASE
    WHEN jsonb_typeof((r."values" -> $1::text)) = $2 THEN (r."values" ->> $3::text)::float8
  END AS "v0",
  r."id"::text AS "id"
FROM "Record" r
WHERE
  r."moduleId" = $4::uuid
  AND (
    CASE WHEN r."ownerSeq" < $5 THEN get_bit($6::bytea, r."ownerSeq") ELSE 0 END = 1
    OR EXISTS (
      SELECT 1
      FROM "RecordGrant" g
      WHERE
        g."orgId" = $7::uuid
        AND g."recordId" = r."id"
        AND g."readUntil" > $8::bigint
        AND (
          g."key" = ANY ($9::text[])
          OR (
            g."key" = $10::text
            AND CASE WHEN g."ownerSeq" < $11 THEN get_bit($12::bytea, g."ownerSeq") ELSE 0 END = 1
          )
        )
    )
  )
  AND (
    (
      (
        CASE
          WHEN jsonb_typeof((r."values" -> $13::text)) = $14 THEN (r."values" ->> $15::text)::float8
        END < $16::float8
        OR CASE
          WHEN jsonb_typeof((r."values" -> $17::text)) = $18 THEN (r."values" ->> $19::text)::float8
        END IS NULL
      )
    )
    OR (
      CASE
        WHEN jsonb_typeof((r."values" -> $20::text)) = $21 THEN (r."values" ->> $22::text)::float8
      END = $23::float8
      AND r."id" < $24::uuid
    )
  )
ORDER BY
  CASE
    WHEN jsonb_typeof((r."values" -> $25::text)) = $26 THEN (r."values" ->> $27::text)::float8
  END DESC NULLS LAST,
  r."id" DESC
LIMIT 3;
