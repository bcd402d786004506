-- SPARSE: the newest of the deals of somebody with people below them and with shares.

-- $1 = ["<role sales>", "<role service>"]
-- $2, $6, $10 = "<module deals>"
-- $3, $7 = 32
-- $4, $8 = 4 bytes, a bit for each owner, set for 1, 2, 3, 4
-- $5 = ["<user dee>"]
-- $9 = ["u:<user ann>", "g:<group reps>"]
-- $11 = now
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
        ORDER BY r."id" DESC
        LIMIT 3
      ) found
    UNION ALL
    SELECT found."id"
    FROM
      unnest((SELECT $5::uuid[])) AS k ("key")
      CROSS JOIN LATERAL (
        SELECT r."id"
        FROM "Record" r
        WHERE
          r."moduleId" = (SELECT $6::uuid)
          AND r."ownerId" = k."key"
          AND CASE WHEN r."ownerSeq" < $7 THEN get_bit($8::bytea, r."ownerSeq") ELSE 0 END = 1
        ORDER BY r."id" DESC
        LIMIT 3
      ) found
    UNION ALL
    SELECT found."id"
    FROM
      unnest((SELECT $9::text[])) AS k ("key")
      CROSS JOIN LATERAL (
        SELECT g."recordId" AS "id"
        FROM "RecordGrant" g
        WHERE
          g."key" = k."key"
          AND g."moduleId" = (SELECT $10::uuid)
          AND g."readUntil" > (SELECT $11::bigint)
        ORDER BY g."recordId" DESC
        LIMIT 3
      ) found
  ) ways
  ORDER BY ways."id" DESC
  LIMIT 3
) first;
