-- SPARSE: those of the greatest amount of the deals of somebody with people below them and with shares.

-- $1, $3, $16, $18 = "amount"
-- $2, $17 = "number"
-- $4, $8, $13 = "<module deals>"
-- $5 = ["<role sales>", "<role service>"]
-- $6, $10 = 32
-- $7, $11 = 4 bytes, a bit for each owner, set for 1, 2, 3, 4
-- $9 = ["<user dee>"]
-- $12 = ["u:<user ann>", "g:<group reps>"]
-- $14 = now
-- $15 = "<organization acme>"
SELECT
  CASE
    WHEN jsonb_typeof((r."values" -> $1::text)) = $2 THEN (r."values" ->> $3::text)::float8
  END AS "v0",
  r."id"::text AS "id"
FROM
  (
    SELECT r."id"
    FROM "Record" r
    WHERE
      r."moduleId" = $4::uuid
      AND r."ownerRoleId" = ANY ($5::uuid[])
      AND CASE WHEN r."ownerSeq" < $6 THEN get_bit($7::bytea, r."ownerSeq") ELSE 0 END = 1
    UNION
    SELECT r."id"
    FROM "Record" r
    WHERE
      r."moduleId" = $8::uuid
      AND r."ownerId" = ANY ($9::uuid[])
      AND CASE WHEN r."ownerSeq" < $10 THEN get_bit($11::bytea, r."ownerSeq") ELSE 0 END = 1
    UNION
    SELECT DISTINCT g."recordId" AS "id"
    FROM "RecordGrant" g
    WHERE
      g."key" = ANY ($12::text[])
      AND g."moduleId" = $13::uuid
      AND g."readUntil" > $14::bigint
  ) c
  JOIN "Record" r ON r."orgId" = $15::uuid
  AND r."id" = c."id"
ORDER BY
  CASE
    WHEN jsonb_typeof((r."values" -> $16::text)) = $17 THEN (r."values" ->> $18::text)::float8
  END DESC NULLS LAST,
  r."id" DESC
LIMIT 3;
