-- The newest deals that point to another account in reach, for somebody who sees all.

-- $1, $2 = "<module deals>"
-- $3 = "<module accounts>"
-- $4 = 32
-- $5 = 4 bytes, a bit for each owner, set for 1, 2, 3, 4
-- $6 = "<organization acme>"
-- $7 = now
-- $8 = ["u:<user ann>", "g:<group reps>"]
-- $9, $10 = "account"
-- $11 = "<record account 1>"
SELECT r."id"::text AS "id"
FROM "Record" r
WHERE
  r."moduleId" = $1::uuid
  AND CASE
    WHEN r."moduleId" = $2::uuid THEN (
      SELECT target."id"
      FROM "Record" target
      WHERE
        target."moduleId" = $3::uuid
        AND (
          CASE WHEN target."ownerSeq" < $4 THEN get_bit($5::bytea, target."ownerSeq") ELSE 0 END = 1
          OR EXISTS (
            SELECT 1
            FROM "RecordGrant" g
            WHERE
              g."orgId" = $6::uuid
              AND g."recordId" = target."id"
              AND g."readUntil" > $7::bigint
              AND g."key" = ANY ($8::text[])
          )
        )
        AND target."id" = CASE
          WHEN (r."values" ->> $9::text) ~ '^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$' THEN (r."values" ->> $10::text)::uuid
        END
    ) <> $11::uuid
    ELSE false
  END
ORDER BY r."id" DESC
LIMIT 3;
