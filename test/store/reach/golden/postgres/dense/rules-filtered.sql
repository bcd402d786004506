-- DENSE: the newest over an amount of the deals of somebody with people below them, shares (one narrowed to owners) and two rules.

-- $1, $9, $18 = "<module deals>"
-- $2, $16 = 32
-- $3 = 4 bytes, a bit for each owner, set for 1, 2
-- $4, $6, $11, $13, $20, $22 = "amount"
-- $5, $12, $21 = "number"
-- $7, $14, $23 = 500
-- $8 = ["u:<user ann>", "c:<rule hot deals>#1", "c:<rule old deals>#3"]
-- $10, $19 = now
-- $15 = "g:<group reps>"
-- $17 = 4 bytes, a bit for each owner, set for 3, 4
WITH
  owned AS MATERIALIZED (
    SELECT r."id"
    FROM "Record" r
    WHERE
      r."moduleId" = $1::uuid
      AND CASE
        WHEN CASE
          WHEN r."ownerSeq" < $2 THEN get_bit($3::bytea, r."ownerSeq")
          ELSE 0
        END = 1 THEN CASE
          WHEN jsonb_typeof((r."values" -> $4::text)) = $5 THEN (r."values" ->> $6::text)::float8
        END > $7::float8
        ELSE false
      END
    ORDER BY r."id" DESC
    LIMIT 3
  ),
  bound AS MATERIALIZED (SELECT o."id" FROM owned o ORDER BY o."id" DESC OFFSET 2 LIMIT 1)
SELECT 0 AS "way", o."id"::text AS "id"
FROM owned o
UNION ALL
(
  SELECT 1 AS "way", u."id"::text AS "id"
  FROM (
    SELECT DISTINCT w."id"
    FROM (
      SELECT c."id"
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
              WHEN jsonb_typeof((r."values" -> $11::text)) = $12 THEN (r."values" ->> $13::text)::float8
            END > $14::float8
            AND g."recordId" >= coalesce(
              (SELECT bound."id" FROM bound),
              '00000000-0000-0000-0000-000000000000'::uuid
            )
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
            g."key" = $15::text
            AND CASE
              WHEN g."ownerSeq" < $16 THEN get_bit($17::bytea, g."ownerSeq")
              ELSE 0
            END = 1
            AND g."moduleId" = $18::uuid
            AND g."readUntil" > $19::bigint
            AND CASE
              WHEN jsonb_typeof((r."values" -> $20::text)) = $21 THEN (r."values" ->> $22::text)::float8
            END > $23::float8
            AND g."recordId" >= coalesce(
              (SELECT bound."id" FROM bound),
              '00000000-0000-0000-0000-000000000000'::uuid
            )
          ORDER BY g."recordId" DESC
          LIMIT 3
        ) c
    ) w
    ORDER BY w."id" DESC
    LIMIT 3
  ) u
);
