-- EXACT: the newest of the deals of somebody with people below them, shares (one narrowed to owners) and two rules.

-- $1 = "<module deals>"
-- $2, $8 = 32
-- $3 = 4 bytes, a bit for each owner, set for 1, 2
-- $4 = "<organization acme>"
-- $5 = now
-- $6 = ["u:<user ann>", "c:<rule hot deals>#1", "c:<rule old deals>#3"]
-- $7 = "g:<group reps>"
-- $9 = 4 bytes, a bit for each owner, set for 3, 4
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
        AND (
          g."key" = ANY ($6::text[])
          OR (
            g."key" = $7::text
            AND CASE WHEN g."ownerSeq" < $8 THEN get_bit($9::bytea, g."ownerSeq") ELSE 0 END = 1
          )
        )
    )
  )
ORDER BY r."id" DESC
LIMIT 3;
