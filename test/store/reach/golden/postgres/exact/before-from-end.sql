-- EXACT: the last before a place, from the end of the deals of somebody with people below them and with shares.

-- $1 = "<module deals>"
-- $2 = 32
-- $3 = 4 bytes, a bit for each owner, set for 1, 2, 3, 4
-- $4 = "<organization acme>"
-- $5 = now
-- $6 = ["u:<user ann>", "g:<group reps>"]
-- $7 = "<record deal 9>"
SELECT r."id"::text AS "id"
FROM "Record" r
WHERE
  r."moduleId" = (SELECT $1::uuid)
  AND (
    CASE WHEN r."ownerSeq" < $2 THEN get_bit($3::bytea, r."ownerSeq") ELSE 0 END = 1
    OR EXISTS (
      SELECT 1
      FROM "RecordGrant" g
      WHERE
        g."orgId" = (SELECT $4::uuid)
        AND g."recordId" = r."id"
        AND g."readUntil" > (SELECT $5::bigint)
        AND g."key" = ANY ($6::text[])
    )
  )
  AND r."id" > (SELECT $7::uuid)
ORDER BY r."id" ASC
LIMIT 3;
