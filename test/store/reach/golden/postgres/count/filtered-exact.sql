-- EXACT: how many deals meet a filter, for somebody with people below them and with shares.

-- $1 = "<module deals>"
-- $2 = 32
-- $3 = 4 bytes, a bit for each owner, set for 1, 2, 3, 4
-- $4 = "<organization acme>"
-- $5 = now
-- $6 = ["u:<user ann>", "g:<group reps>"]
-- $7, $8 = "amount"
-- $9 = 500
SELECT count(*) AS "n"
FROM "Record" r
WHERE
  r."moduleId" = $1::uuid
  AND (
    CASE WHEN r."ownerSeq" < $2 THEN get_bit($3::bytea, r."ownerSeq") ELSE 0 END = 1
    OR EXISTS (
      SELECT 1
      FROM "RecordGrant" g
      WHERE
        g."orgId" = $4::uuid
        AND g."recordId" = r."id"
        AND g."readUntil" > $5::bigint
        AND g."key" = ANY ($6::text[])
    )
  )
  AND CASE
    WHEN jsonb_typeof(r."values" -> $7::text) = 'number' THEN (r."values" ->> $8::text)::float8
  END > $9::float8;
