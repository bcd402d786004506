-- EXACT: the newest over an amount of the deals of somebody with people below them and with shares.

-- $1, $5 = "<module deals>"
-- $2, $3 = "amount"
-- $4 = 500
-- $6 = 32
-- $7 = 4 bytes, a bit for each owner, set for 1, 2, 3, 4
-- $8 = "<organization acme>"
-- $9 = now
-- $10 = ["u:<user ann>", "g:<group reps>"]
SELECT r."id"::text AS "id"
FROM "Record" r
WHERE
  r."moduleId" = $1::uuid
  AND CASE
    WHEN CASE
      WHEN jsonb_typeof(r."values" -> $2::text) = 'number' THEN (r."values" ->> $3::text)::float8
    END > $4::float8 THEN r."moduleId" = $5::uuid
    AND (
      CASE WHEN r."ownerSeq" < $6 THEN get_bit($7::bytea, r."ownerSeq") ELSE 0 END = 1
      OR EXISTS (
        SELECT 1
        FROM "RecordGrant" g
        WHERE
          g."orgId" = $8::uuid
          AND g."recordId" = r."id"
          AND g."readUntil" > $9::bigint
          AND g."key" = ANY ($10::text[])
        OFFSET 0
      )
    )
    ELSE false
  END
ORDER BY r."id" DESC
LIMIT 3;
