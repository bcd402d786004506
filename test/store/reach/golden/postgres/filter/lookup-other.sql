-- The newest deals that point to another account in reach, for somebody who sees all.

-- $1, $11 = "<module deals>"
-- $2 = "<module accounts>"
-- $3 = 32
-- $4 = 4 bytes, a bit for each owner, set for 1, 2, 3, 4
-- $5 = "<organization acme>"
-- $6 = now
-- $7 = ["u:<user ann>", "g:<group reps>"]
-- $8, $9 = "account"
-- $10 = "<record account 1>"
SELECT r."id"::text AS "id"
FROM "Record" r
WHERE
  r."moduleId" = $1::uuid
  AND CASE
    WHEN (
      SELECT target."id"
      FROM "Record" target
      WHERE
        target."moduleId" = $2::uuid
        AND (
          CASE WHEN target."ownerSeq" < $3 THEN get_bit($4::bytea, target."ownerSeq") ELSE 0 END = 1
          OR EXISTS (
            SELECT 1
            FROM "RecordGrant" g
            WHERE
              g."orgId" = $5::uuid
              AND g."recordId" = target."id"
              AND g."readUntil" > $6::bigint
              AND g."key" = ANY ($7::text[])
          )
        )
        AND target."id" = CASE
          WHEN (r."values" ->> $8::text) ~ '^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$' THEN (r."values" ->> $9::text)::uuid
        END
    ) <> $10::uuid THEN r."moduleId" = $11::uuid
    ELSE false
  END
ORDER BY r."id" DESC
LIMIT 3;
