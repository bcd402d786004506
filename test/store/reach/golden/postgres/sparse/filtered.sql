-- SPARSE: the newest over an amount of the deals of somebody with people below them and with shares.

-- $1 = ["<role sales>", "<role service>"]
-- $2, $10, $18 = "<module deals>"
-- $3, $11 = 32
-- $4, $12 = 4 bytes, a bit for each owner, set for 1, 2, 3, 4
-- $5, $7, $13, $15, $20, $22 = "amount"
-- $6, $14, $21 = "number"
-- $8, $16, $23 = 500
-- $9 = ["<user dee>"]
-- $17 = ["u:<user ann>", "g:<group reps>"]
-- $19 = now
(
  SELECT 0 AS "way", u."id"::text AS "id"
  FROM (
    SELECT DISTINCT w."id"
    FROM (
      SELECT c."id"
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
              WHEN jsonb_typeof((r."values" -> $5::text)) = $6 THEN (r."values" ->> $7::text)::float8
            END > $8::float8
          ORDER BY r."id" DESC
          LIMIT 3
        ) c
      UNION ALL
      SELECT c."id"
      FROM
        unnest((SELECT $9::uuid[])) AS k ("key")
        CROSS JOIN LATERAL (
          SELECT r."id"
          FROM "Record" r
          WHERE
            r."moduleId" = $10::uuid
            AND r."ownerId" = k."key"
            AND CASE
              WHEN r."ownerSeq" < $11 THEN get_bit($12::bytea, r."ownerSeq")
              ELSE 0
            END = 1
            AND CASE
              WHEN jsonb_typeof((r."values" -> $13::text)) = $14 THEN (r."values" ->> $15::text)::float8
            END > $16::float8
          ORDER BY r."id" DESC
          LIMIT 3
        ) c
      UNION ALL
      SELECT c."id"
      FROM
        unnest((SELECT $17::text[])) AS k ("key")
        CROSS JOIN LATERAL (
          SELECT g."recordId" AS "id"
          FROM
            "RecordGrant" g
            JOIN "Record" r ON r."orgId" = g."orgId"
            AND r."id" = g."recordId"
          WHERE
            g."key" = k."key"
            AND g."moduleId" = $18::uuid
            AND g."readUntil" > $19::bigint
            AND CASE
              WHEN jsonb_typeof((r."values" -> $20::text)) = $21 THEN (r."values" ->> $22::text)::float8
            END > $23::float8
          ORDER BY g."recordId" DESC
          LIMIT 3
        ) c
    ) w
    ORDER BY w."id" DESC
    LIMIT 3
  ) u
);
