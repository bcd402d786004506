-- EXACT: the newest over an amount of the deals of somebody with people below them, shares (one narrowed to owners) and two rules.

-- $1, $6 = "<module deals>"
-- $2, $4 = "amount"
-- $3 = "number"
-- $5 = 500
-- $7, $13 = 32
-- $8 = 4 bytes, a bit for each owner, set for 1, 2
-- $9 = "<organization acme>"
-- $10 = now
-- $11 = ["u:<user ann>", "c:<rule hot deals>#1", "c:<rule old deals>#3"]
-- $12 = "g:<group reps>"
-- $14 = 4 bytes, a bit for each owner, set for 3, 4
SELECT r."id"::text AS "id"
FROM "Record" r
WHERE
  r."moduleId" = $1::uuid
  AND CASE
    WHEN CASE
      WHEN jsonb_typeof((r."values" -> $2::text)) = $3 THEN (r."values" ->> $4::text)::float8
    END > $5::float8 THEN r."moduleId" = $6::uuid
    AND (
      CASE WHEN r."ownerSeq" < $7 THEN get_bit($8::bytea, r."ownerSeq") ELSE 0 END = 1
      OR EXISTS (
        SELECT 1
        FROM "RecordGrant" g
        WHERE
          g."orgId" = $9::uuid
          AND g."recordId" = r."id"
          AND g."readUntil" > $10::bigint
          AND (
            g."key" = ANY ($11::text[])
            OR (
              g."key" = $12::text
              AND CASE WHEN g."ownerSeq" < $13 THEN get_bit($14::bytea, g."ownerSeq") ELSE 0 END = 1
            )
          )
        OFFSET 0
      )
    )
    ELSE false
  END
ORDER BY r."id" DESC
LIMIT 3;
