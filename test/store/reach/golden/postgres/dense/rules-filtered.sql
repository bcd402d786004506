-- DENSE: the newest over an amount of the deals of somebody with people below them, shares (one narrowed to owners) and two rules.

-- $1, $8, $16 = "<module deals>"
-- $2, $14 = 32
-- $3 = 4 bytes, a bit for each owner, set for 1, 2
-- $4, $5, $10, $11, $18, $19 = "amount"
-- $6, $12, $20 = 500
-- $7 = ["u:<user ann>", "c:<rule hot deals>#1", "c:<rule old deals>#3"]
-- $9, $17 = now
-- $13 = "g:<group reps>"
-- $15 = 4 bytes, a bit for each owner, set for 3, 4
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
          WHEN jsonb_typeof(r."values" -> $4::text) = 'number' THEN (r."values" ->> $5::text)::float8
        END > $6::float8
        ELSE false
      END
    ORDER BY r."id" DESC
    LIMIT 3
  ),
  bound AS MATERIALIZED (SELECT owned."id" FROM owned ORDER BY owned."id" DESC OFFSET 2 LIMIT 1)
SELECT 0 AS "way", owned."id"::text AS "id"
FROM owned
UNION ALL
SELECT 1 AS "way", first."id"::text AS "id"
FROM (
  SELECT DISTINCT ways."id"
  FROM (
    SELECT found."id"
    FROM
      unnest((SELECT $7::text[])) AS k ("key")
      CROSS JOIN LATERAL (
        SELECT g."recordId" AS "id"
        FROM
          "RecordGrant" g
          JOIN "Record" r ON r."orgId" = g."orgId"
          AND r."id" = g."recordId"
        WHERE
          g."key" = k."key"
          AND g."moduleId" = $8::uuid
          AND g."readUntil" > $9::bigint
          AND CASE
            WHEN jsonb_typeof(r."values" -> $10::text) = 'number' THEN (r."values" ->> $11::text)::float8
          END > $12::float8
          AND g."recordId" >= coalesce(
            (SELECT bound."id" FROM bound),
            '00000000-0000-0000-0000-000000000000'::uuid
          )
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
          g."key" = $13::text
          AND CASE WHEN g."ownerSeq" < $14 THEN get_bit($15::bytea, g."ownerSeq") ELSE 0 END = 1
          AND g."moduleId" = $16::uuid
          AND g."readUntil" > $17::bigint
          AND CASE
            WHEN jsonb_typeof(r."values" -> $18::text) = 'number' THEN (r."values" ->> $19::text)::float8
          END > $20::float8
          AND g."recordId" >= coalesce(
            (SELECT bound."id" FROM bound),
            '00000000-0000-0000-0000-000000000000'::uuid
          )
        ORDER BY g."recordId" DESC
        LIMIT 3
      ) found
  ) ways
  ORDER BY ways."id" DESC
  LIMIT 3
) first;
