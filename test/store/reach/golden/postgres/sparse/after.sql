-- SPARSE: the newest after a place of the deals of somebody with people below them and with shares.

-- $1 = ["<role sales>", "<role service>"]
-- $2, $7, $12 = "<module deals>"
-- $3, $8 = 32
-- $4, $9 = 4 bytes, a bit for each owner, set for 1, 2, 3, 4
-- $5, $10, $14 = "<record deal 9>"
-- $6 = ["<user dee>"]
-- $11 = ["u:<user ann>", "g:<group reps>"]
-- $13 = now
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
        ORDER BY r."id" DESC
        LIMIT 3
      ) found
    UNION ALL
    SELECT found."id"
    FROM
      unnest((SELECT $6::uuid[])) AS k ("key")
      CROSS JOIN LATERAL (
        SELECT r."id"
        FROM "Record" r
        WHERE
          r."moduleId" = (SELECT $7::uuid)
          AND r."ownerId" = k."key"
          AND CASE WHEN r."ownerSeq" < $8 THEN get_bit($9::bytea, r."ownerSeq") ELSE 0 END = 1
          AND r."id" < (SELECT $10::uuid)
        ORDER BY r."id" DESC
        LIMIT 3
      ) found
    UNION ALL
    SELECT found."id"
    FROM
      unnest((SELECT $11::text[])) AS k ("key")
      CROSS JOIN LATERAL (
        SELECT g."recordId" AS "id"
        FROM "RecordGrant" g
        WHERE
          g."key" = k."key"
          AND g."moduleId" = (SELECT $12::uuid)
          AND g."readUntil" > (SELECT $13::bigint)
          AND g."recordId" < (SELECT $14::uuid)
        ORDER BY g."recordId" DESC
        LIMIT 3
      ) found
  ) ways
  ORDER BY ways."id" DESC
  LIMIT 3
) first;
