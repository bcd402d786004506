-- SPARSE: the newest between two places of the deals of somebody with people below them and with shares.

-- $1 = ["<role sales>", "<role service>"]
-- $2, $8, $14 = "<module deals>"
-- $3, $9 = 32
-- $4, $10 = 4 bytes, a bit for each owner, set for 1, 2, 3, 4
-- $5, $11, $16 = "<record deal 9>"
-- $6, $12, $17 = "<record deal 2>"
-- $7 = ["<user dee>"]
-- $13 = ["u:<user ann>", "g:<group reps>"]
-- $15 = now
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
          r."moduleId" = (SELECT $2::uuid)
          AND r."ownerRoleId" = k."key"
          AND CASE WHEN r."ownerSeq" < $3 THEN get_bit($4::bytea, r."ownerSeq") ELSE 0 END = 1
          AND r."id" < (SELECT $5::uuid)
          AND r."id" > (SELECT $6::uuid)
        ORDER BY r."id" DESC
        LIMIT 3
      ) found
    UNION ALL
    SELECT found."id"
    FROM
      unnest((SELECT $7::uuid[])) AS k ("key")
      CROSS JOIN LATERAL (
        SELECT r."id"
        FROM "Record" r
        WHERE
          r."moduleId" = (SELECT $8::uuid)
          AND r."ownerId" = k."key"
          AND CASE WHEN r."ownerSeq" < $9 THEN get_bit($10::bytea, r."ownerSeq") ELSE 0 END = 1
          AND r."id" < (SELECT $11::uuid)
          AND r."id" > (SELECT $12::uuid)
        ORDER BY r."id" DESC
        LIMIT 3
      ) found
    UNION ALL
    SELECT found."id"
    FROM
      unnest((SELECT $13::text[])) AS k ("key")
      CROSS JOIN LATERAL (
        SELECT g."recordId" AS "id"
        FROM "RecordGrant" g
        WHERE
          g."key" = k."key"
          AND g."moduleId" = (SELECT $14::uuid)
          AND g."readUntil" > (SELECT $15::bigint)
          AND g."recordId" < (SELECT $16::uuid)
          AND g."recordId" > (SELECT $17::uuid)
        ORDER BY g."recordId" DESC
        LIMIT 3
      ) found
  ) ways
  ORDER BY ways."id" DESC
  LIMIT 3
) first;
