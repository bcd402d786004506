-- SPARSE: the newest over an amount of the deals of somebody with people below them, shares (one narrowed to owners) and two rules.

-- $1 = ["<role sales>"]
-- $2, $9, $17 = "<module deals>"
-- $3, $15 = 32
-- $4 = 4 bytes, a bit for each owner, set for 1, 2
-- $5, $6, $11, $12, $19, $20 = "amount"
-- $7, $13, $21 = 500
-- $8 = ["u:<user ann>", "c:<rule hot deals>#1", "c:<rule old deals>#3"]
-- $10, $18 = now
-- $14 = "g:<group reps>"
-- $16 = 4 bytes, a bit for each owner, set for 3, 4
SELECT 0 AS "way", first."id"::text AS "id"
FROM (
  SELECT DISTINCT ways."id"
  FROM (
    SELECT found."id"
    FROM
      unnest((SELECT $1::uuid[])) AS k ("key")
      CROSS JOIN LATERAL (
        SELECT r."id"
        FROM "Record" r
        WHERE
          r."moduleId" = $2::uuid
          AND r."ownerRoleId" = k."key"
          AND CASE WHEN r."ownerSeq" < $3 THEN get_bit($4::bytea, r."ownerSeq") ELSE 0 END = 1
          AND CASE
            WHEN jsonb_typeof(r."values" -> $5::text) = 'number' THEN (r."values" ->> $6::text)::float8
          END > $7::float8
        ORDER BY r."id" DESC
        LIMIT 3
      ) found
    UNION ALL
    SELECT found."id"
    FROM
      unnest((SELECT $8::text[])) AS k ("key")
      CROSS JOIN LATERAL (
        SELECT g."recordId" AS "id"
        FROM
          "RecordGrant" g
          JOIN "Record" r ON r."orgId" = g."orgId"
          AND r."id" = g."recordId"
        WHERE
          g."key" = k."key"
          AND g."moduleId" = $9::uuid
          AND g."readUntil" > $10::bigint
          AND CASE
            WHEN jsonb_typeof(r."values" -> $11::text) = 'number' THEN (r."values" ->> $12::text)::float8
          END > $13::float8
        ORDER BY g."recordId" DESC
        LIMIT 3
      ) found
    UNION ALL
    SELECT found."id"
    FROM
      (SELECT 1) k
      CROSS JOIN LATERAL (
        SELECT g."recordId" AS "id"
        FROM
          "RecordGrant" g
          JOIN "Record" r ON r."orgId" = g."orgId"
          AND r."id" = g."recordId"
        WHERE
          g."key" = $14::text
          AND CASE WHEN g."ownerSeq" < $15 THEN get_bit($16::bytea, g."ownerSeq") ELSE 0 END = 1
          AND g."moduleId" = $17::uuid
          AND g."readUntil" > $18::bigint
          AND CASE
            WHEN jsonb_typeof(r."values" -> $19::text) = 'number' THEN (r."values" ->> $20::text)::float8
          END > $21::float8
        ORDER BY g."recordId" DESC
        LIMIT 3
      ) found
  ) ways
  ORDER BY ways."id" DESC
  LIMIT 3
) first;
