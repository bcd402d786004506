-- EXACT: those of the greatest amount of the deals of somebody with people below them and with shares.

-- $1, $2, $9, $10 = "amount"
-- $3 = "<module deals>"
-- $4 = 32
-- $5 = 4 bytes, a bit for each owner, set for 1, 2, 3, 4
-- $6 = "<organization acme>"
-- $7 = now
-- $8 = ["u:<user ann>", "g:<group reps>"]
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
        AND g."key" = ANY ($8::text[])
    )
  )
ORDER BY
  CASE
    WHEN jsonb_typeof(r."values" -> $9::text) = 'number' THEN (r."values" ->> $10::text)::float8
  END DESC NULLS LAST,
  r."id" DESC
LIMIT 3;
