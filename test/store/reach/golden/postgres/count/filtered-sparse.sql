-- SPARSE: how many deals meet a filter, for somebody with people below them, shares (one narrowed to owners) and two rules.

-- $1, $6, $11 = "<module deals>"
-- $2 = ["<role sales>"]
-- $3, $9 = 32
-- $4 = 4 bytes, a bit for each owner, set for 1, 2
-- $5 = ["u:<user ann>", "c:<rule hot deals>#1", "c:<rule old deals>#3"]
-- $7, $12 = now
-- $8 = "g:<group reps>"
-- $10 = 4 bytes, a bit for each owner, set for 3, 4
-- $13 = "<organization acme>"
-- $14, $15 = "amount"
-- $16 = 500
SELECT count(*) AS "n"
FROM
  (
    SELECT r."id"
    FROM "Record" r
    WHERE
      r."moduleId" = $1::uuid
      AND r."ownerRoleId" = ANY ($2::uuid[])
      AND CASE WHEN r."ownerSeq" < $3 THEN get_bit($4::bytea, r."ownerSeq") ELSE 0 END = 1
    UNION
    SELECT DISTINCT g."recordId" AS "id"
    FROM "RecordGrant" g
    WHERE
      g."key" = ANY ($5::text[])
      AND g."moduleId" = $6::uuid
      AND g."readUntil" > $7::bigint
    UNION
    SELECT DISTINCT g."recordId" AS "id"
    FROM "RecordGrant" g
    WHERE
      g."key" = $8::text
      AND CASE WHEN g."ownerSeq" < $9 THEN get_bit($10::bytea, g."ownerSeq") ELSE 0 END = 1
      AND g."moduleId" = $11::uuid
      AND g."readUntil" > $12::bigint
  ) visible
  JOIN "Record" r ON r."orgId" = $13::uuid
  AND r."id" = visible."id"
WHERE
  CASE
    WHEN jsonb_typeof(r."values" -> $14::text) = 'number' THEN (r."values" ->> $15::text)::float8
  END > $16::float8;
