-- EXACT: how many deals meet a filter, for somebody with people below them and with shares.

-- $1, $5 = "<organization acme>"
-- $2 = "<module deals>"
-- $3 = 32
-- $4 = 4 bytes, a bit for each owner, set for 1, 2, 3, 4
-- $6 = now
-- $7 = ["u:<user ann>", "g:<group reps>"]
-- $8 = "deal-3"
SELECT count(*) AS "n"
FROM "Record" r
WHERE
  r."orgId" = $1::uuid
  AND r."moduleId" = $2::uuid
  AND (
    CASE WHEN r."ownerSeq" < $3 THEN get_bit($4::bytea, r."ownerSeq") ELSE 0 END = 1
    OR EXISTS (
      SELECT 1
      FROM "RecordGrant" g
      WHERE
        g."orgId" = $5::uuid
        AND g."recordId" = r."id"
        AND g."readUntil" > $6::bigint
        AND g."key" = ANY ($7::text[])
    )
  )
  AND (r."key" COLLATE "C") = $8::text;
