-- The newest deals that point to one of two accounts in reach, for somebody who sees all.

-- $1, $11 = "<module deals>"
-- $2, $3 = "account"
-- $4 = "<module accounts>"
-- $5 = 32
-- $6 = 4 bytes, a bit for each owner, set for 1, 2, 3, 4
-- $7 = "<organization acme>"
-- $8 = now
-- $9 = ["u:<user ann>", "g:<group reps>"]
-- $10 = ["<record account 1>", "<record account 2>"]
SELECT r."id"::text AS "id"
FROM "Record" r
WHERE
  r."moduleId" = $1::uuid
  AND CASE
    WHEN CASE
      WHEN jsonb_typeof(r."values" -> $2::text) = 'string' THEN ((r."values" ->> $3::text) COLLATE "C")
    END IN (
      SELECT target."id"::text
      FROM "Record" target
      WHERE
        target."moduleId" = $4::uuid
        AND (
          CASE WHEN target."ownerSeq" < $5 THEN get_bit($6::bytea, target."ownerSeq") ELSE 0 END = 1
          OR EXISTS (
            SELECT 1
            FROM "RecordGrant" g
            WHERE
              g."orgId" = $7::uuid
              AND g."recordId" = target."id"
              AND g."readUntil" > $8::bigint
              AND g."key" = ANY ($9::text[])
            OFFSET 0
          )
        )
        AND target."id" = ANY ($10::uuid[])
    ) THEN r."moduleId" = $11::uuid
    ELSE false
  END
ORDER BY r."id" DESC
LIMIT 3;
