-- SPARSE: the newest over an amount of the deals of somebody with people below them, shares (one narrowed to owners) and two rules.

-- $1 = ["<role sales>"]
-- $2, $10, $19 = "<module deals>"
-- $3, $17 = 32
-- $4 = 4 bytes, a bit for each owner, set for 1, 2
-- $5, $7, $12, $14, $21, $23 = "amount"
-- $6, $13, $22 = "number"
-- $8, $15, $24 = 500
-- $9 = ["u:<user ann>", "c:<rule hot deals>#1", "c:<rule old deals>#3"]
-- $11, $20 = now
-- $16 = "g:<group reps>"
-- $18 = 4 bytes, a bit for each owner, set for 3, 4
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
        unnest((SELECT $9::text[])) AS k ("key")
        CROSS JOIN LATERAL (
          SELECT g."recordId" AS "id"
          FROM
            "RecordGrant" g
            JOIN "Record" r ON r."orgId" = g."orgId"
            AND r."id" = g."recordId"
          WHERE
            g."key" = k."key"
            AND g."moduleId" = $10::uuid
            AND g."readUntil" > $11::bigint
            AND CASE
              WHEN jsonb_typeof((r."values" -> $12::text)) = $13 THEN (r."values" ->> $14::text)::float8
            END > $15::float8
          ORDER BY g."recordId" DESC
          LIMIT 3
        ) c
      UNION ALL
      SELECT c."id"
      FROM
        (SELECT 1) AS k
        CROSS JOIN LATERAL (
          SELECT g."recordId" AS "id"
          FROM
            "RecordGrant" g
            JOIN "Record" r ON r."orgId" = g."orgId"
            AND r."id" = g."recordId"
          WHERE
            g."key" = $16::text
            AND CASE
              WHEN g."ownerSeq" < $17 THEN get_bit($18::bytea, g."ownerSeq")
              ELSE 0
            END = 1
            AND g."moduleId" = $19::uuid
            AND g."readUntil" > $20::bigint
            AND CASE
              WHEN jsonb_typeof((r."values" -> $21::text)) = $22 THEN (r."values" ->> $23::text)::float8
            END > $24::float8
          ORDER BY g."recordId" DESC
          LIMIT 3
        ) c
    ) w
    ORDER BY w."id" DESC
    LIMIT 3
  ) u
);
