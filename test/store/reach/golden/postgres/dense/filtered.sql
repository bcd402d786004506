-- DENSE: the newest over an amount of the deals of somebody with people below them and with shares.

-- $1, $8 = "<module deals>"
-- $2 = 32
-- $3 = 4 bytes, a bit for each owner, set for 1, 2, 3, 4
-- $4, $5, $10, $11 = "amount"
-- $6, $12 = 500
-- $7 = ["u:<user ann>", "g:<group reps>"]
-- $9 = now
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
  ) ways
  ORDER BY ways."id" DESC
  LIMIT 3
) first;
