-- SPARSE: the newest over an amount of the deals of somebody with people below them and with shares.

-- $1 = ["<role sales>", "<role service>"]
-- $2, $9, $16 = "<module deals>"
-- $3, $10 = 32
-- $4, $11 = 4 bytes, a bit for each owner, set for 1, 2, 3, 4
-- $5, $6, $12, $13, $18, $19 = "amount"
-- $7, $14, $20 = 500
-- $8 = ["<user dee>"]
-- $15 = ["u:<user ann>", "g:<group reps>"]
-- $17 = now
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
      unnest((SELECT $8::uuid[])) AS k ("key")
      CROSS JOIN LATERAL (
        SELECT r."id"
        FROM "Record" r
        WHERE
          r."moduleId" = $9::uuid
          AND r."ownerId" = k."key"
          AND CASE WHEN r."ownerSeq" < $10 THEN get_bit($11::bytea, r."ownerSeq") ELSE 0 END = 1
          AND CASE
            WHEN jsonb_typeof(r."values" -> $12::text) = 'number' THEN (r."values" ->> $13::text)::float8
          END > $14::float8
        ORDER BY r."id" DESC
        LIMIT 3
      ) found
    UNION ALL
    SELECT found."id"
    FROM
      unnest((SELECT $15::text[])) AS k ("key")
      CROSS JOIN LATERAL (
        SELECT g."recordId" AS "id"
        FROM
          "RecordGrant" g
          JOIN "Record" r ON r."orgId" = g."orgId"
          AND r."id" = g."recordId"
        WHERE
          g."key" = k."key"
          AND g."moduleId" = $16::uuid
          AND g."readUntil" > $17::bigint
          AND CASE
            WHEN jsonb_typeof(r."values" -> $18::text) = 'number' THEN (r."values" ->> $19::text)::float8
          END > $20::float8
        ORDER BY g."recordId" DESC
        LIMIT 3
      ) found
  ) ways
  ORDER BY ways."id" DESC
  LIMIT 3
) first;
