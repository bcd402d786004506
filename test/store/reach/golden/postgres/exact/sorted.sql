-- EXACT: those of the greatest amount of the deals of somebody with people below them and with shares.

-- $1, $3, $10, $12 = "amount"
-- $2, $11 = "number"
-- $4 = "<module deals>"
-- $5 = 32
-- $6 = 4 bytes, a bit for each owner, set for 1, 2, 3, 4
-- $7 = "<organization acme>"
-- $8 = now
-- $9 = ["u:<user ann>", "g:<group reps>"]
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
        AND (g."key" = ANY ($9::text[]))
    )
  )
ORDER BY
  CASE
    WHEN jsonb_typeof((r."values" -> $10::text)) = $11 THEN (r."values" ->> $12::text)::float8
  END DESC NULLS LAST,
  r."id" DESC
LIMIT 3;
