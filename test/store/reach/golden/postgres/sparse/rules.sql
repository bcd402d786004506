-- SPARSE: the newest of the deals of somebody with people below them, shares (one narrowed to owners) and two rules.

-- $1 = ["<role sales>"]
-- $2, $6, $11 = "<module deals>"
-- $3, $9 = 32
-- $4 = 4 bytes, a bit for each owner, set for 1, 2
-- $5 = ["u:<user ann>", "c:<rule hot deals>#1", "c:<rule old deals>#3"]
-- $7, $12 = now
-- $8 = "g:<group reps>"
-- $10 = 4 bytes, a bit for each owner, set for 3, 4
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
      unnest((SELECT $5::text[])) AS k ("key")
      CROSS JOIN LATERAL (
        SELECT g."recordId" AS "id"
        FROM "RecordGrant" g
        WHERE
          g."key" = k."key"
          AND g."moduleId" = (SELECT $6::uuid)
          AND g."readUntil" > (SELECT $7::bigint)
        ORDER BY g."recordId" DESC
        LIMIT 3
      ) found
    UNION ALL
    SELECT found."id"
    FROM
      (SELECT 1) k
      CROSS JOIN LATERAL (
        SELECT g."recordId" AS "id"
        FROM "RecordGrant" g
        WHERE
          g."key" = $8::text
          AND CASE WHEN g."ownerSeq" < $9 THEN get_bit($10::bytea, g."ownerSeq") ELSE 0 END = 1
          AND g."moduleId" = (SELECT $11::uuid)
          AND g."readUntil" > (SELECT $12::bigint)
        ORDER BY g."recordId" DESC
        LIMIT 3
      ) found
  ) ways
  ORDER BY ways."id" DESC
  LIMIT 3
) first;
