-- The first deals by an account, by its name where it is in reach, for somebody who sees all.

-- $1, $10 = "<module accounts>"
-- $2, $11 = 32
-- $3, $12 = 4 bytes, a bit for each owner, set for 1, 2, 3, 4
-- $4, $13 = "<organization acme>"
-- $5, $14 = now
-- $6, $15 = ["u:<user ann>", "g:<group reps>"]
-- $7, $8, $16, $17 = "account"
-- $9 = "<module deals>"
SELECT
  (
    (
      SELECT target."name"
      FROM "Record" target
      WHERE
        target."moduleId" = $1::uuid
        AND (
          CASE WHEN target."ownerSeq" < $2 THEN get_bit($3::bytea, target."ownerSeq") ELSE 0 END = 1
          OR EXISTS (
            SELECT 1
            FROM "RecordGrant" g
            WHERE
              g."orgId" = $4::uuid
              AND g."recordId" = target."id"
              AND g."readUntil" > $5::bigint
              AND g."key" = ANY ($6::text[])
          )
        )
        AND target."id" = CASE
          WHEN (r."values" ->> $7::text) ~ '^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$' THEN (r."values" ->> $8::text)::uuid
        END
    ) COLLATE "C"
  ) AS "v0",
  r."id"::text AS "id"
FROM "Record" r
WHERE r."moduleId" = $9::uuid
ORDER BY
  (
    (
      SELECT target."name"
      FROM "Record" target
      WHERE
        target."moduleId" = $10::uuid
        AND (
          CASE
            WHEN target."ownerSeq" < $11 THEN get_bit($12::bytea, target."ownerSeq")
            ELSE 0
          END = 1
          OR EXISTS (
            SELECT 1
            FROM "RecordGrant" g
            WHERE
              g."orgId" = $13::uuid
              AND g."recordId" = target."id"
              AND g."readUntil" > $14::bigint
              AND g."key" = ANY ($15::text[])
          )
        )
        AND target."id" = CASE
          WHEN (r."values" ->> $16::text) ~ '^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$' THEN (r."values" ->> $17::text)::uuid
        END
    ) COLLATE "C"
  ) ASC NULLS LAST,
  r."id" DESC
LIMIT 3;
