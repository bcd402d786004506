-- The newest deals that point to one of two accounts in reach, for somebody who sees all.

-- $1, $12 = "<module deals>"
-- $2, $4 = "account"
-- $3 = "string"
-- $5 = "<module accounts>"
-- $6 = 32
-- $7 = 4 bytes, a bit for each owner, set for 1, 2, 3, 4
-- $8 = "<organization acme>"
-- $9 = now
-- $10 = ["u:<user ann>", "g:<group reps>"]
-- $11 = ["<record account 1>", "<record account 2>"]
SELECT r."id"::text AS "id"
FROM "Record" r
WHERE
  r."moduleId" = $1::uuid
  AND CASE
    WHEN CASE
      WHEN jsonb_typeof((r."values" -> $2::text)) = $3 THEN ((r."values" ->> $4::text) COLLATE "C")
    END IN (
      SELECT target."id"::text
      FROM "Record" target
      WHERE
        target."moduleId" = $5::uuid
        AND (
          CASE WHEN target."ownerSeq" < $6 THEN get_bit($7::bytea, target."ownerSeq") ELSE 0 END = 1
          OR EXISTS (
            SELECT 1
            FROM "RecordGrant" g
            WHERE
              g."orgId" = $8::uuid
              AND g."recordId" = target."id"
              AND g."readUntil" > $9::bigint
              AND (g."key" = ANY ($10::text[]))
            OFFSET 0
          )
        )
        AND target."id" = ANY ($11::uuid[])
    ) THEN r."moduleId" = $12::uuid
    ELSE false
  END
ORDER BY r."id" DESC
LIMIT 3;
