-- SPARSE: those of the greatest amount of the deals of somebody with people below them and with shares.

-- $1, $2, $15, $16 = "amount"
-- $3, $7, $12 = "<module deals>"
-- $4 = ["<role sales>", "<role service>"]
-- $5, $9 = 32
-- $6, $10 = 4 bytes, a bit for each owner, set for 1, 2, 3, 4
-- $8 = ["<user dee>"]
-- $11 = ["u:<user ann>", "g:<group reps>"]
-- $13 = now
-- $14 = "<organization acme>"
SELECT
  CASE
    WHEN jsonb_typeof(r."values" -> $1::text) = 'number' THEN (r."values" ->> $2::text)::float8
  END AS "v0",
  r."id"::text AS "id"
FROM
  (
    SELECT r."id"
    FROM "Record" r
    WHERE
      r."moduleId" = $3::uuid
      AND r."ownerRoleId" = ANY ($4::uuid[])
      AND CASE WHEN r."ownerSeq" < $5 THEN get_bit($6::bytea, r."ownerSeq") ELSE 0 END = 1
    UNION
    SELECT r."id"
    FROM "Record" r
    WHERE
      r."moduleId" = $7::uuid
      AND r."ownerId" = ANY ($8::uuid[])
      AND CASE WHEN r."ownerSeq" < $9 THEN get_bit($10::bytea, r."ownerSeq") ELSE 0 END = 1
    UNION
    SELECT DISTINCT g."recordId" AS "id"
    FROM "RecordGrant" g
    WHERE
      g."key" = ANY ($11::text[])
      AND g."moduleId" = $12::uuid
      AND g."readUntil" > $13::bigint
  ) visible
  JOIN "Record" r ON r."orgId" = $14::uuid
  AND r."id" = visible."id"
ORDER BY
  CASE
    WHEN jsonb_typeof(r."values" -> $15::text) = 'number' THEN (r."values" ->> $16::text)::float8
  END DESC NULLS LAST,
  r."id" DESC
LIMIT 3;
