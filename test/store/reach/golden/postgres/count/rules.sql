-- SPARSE: how many deals there are, for somebody with people below them, shares (one narrowed to owners) and two rules.

-- $1 = "<organization acme>"
-- $2, $6, $13, $18, $23 = "<module deals>"
-- $3, $8, $11, $15, $20, $25 = 32
-- $4, $9, $16, $21, $26 = 4 bytes, a bit for each owner, set for 1, 2
-- $5 = ["u:<user ann>"]
-- $7, $14, $19, $24 = now
-- $10 = "g:<group reps>"
-- $12 = 4 bytes, a bit for each owner, set for 3, 4
-- $17 = "c:<rule hot deals>#1"
-- $22 = "c:<rule old deals>#3"
/* kept */
SELECT
  (
    SELECT coalesce(sum(owner."n"), 0)
    FROM "OwnerCount" owner
    WHERE
      owner."orgId" = (SELECT $1::uuid)
      AND owner."moduleId" = (SELECT $2::uuid)
      AND CASE WHEN owner."ownerSeq" < $3 THEN get_bit($4::bytea, owner."ownerSeq") ELSE 0 END = 1
  ) + (
    SELECT count(DISTINCT granted."id")
    FROM (
      (
        SELECT g."recordId" AS "id"
        FROM "RecordGrant" g
        WHERE
          g."key" = ANY ($5::text[])
          AND g."moduleId" = (SELECT $6::uuid)
          AND g."readUntil" > (SELECT $7::bigint)
          AND NOT (
            CASE WHEN g."ownerSeq" < $8 THEN get_bit($9::bytea, g."ownerSeq") ELSE 0 END = 1
          )
        ORDER BY g."recordId"
      )
      UNION ALL
      (
        SELECT g."recordId" AS "id"
        FROM "RecordGrant" g
        WHERE
          g."key" = $10::text
          AND CASE WHEN g."ownerSeq" < $11 THEN get_bit($12::bytea, g."ownerSeq") ELSE 0 END = 1
          AND g."moduleId" = (SELECT $13::uuid)
          AND g."readUntil" > (SELECT $14::bigint)
          AND NOT (
            CASE WHEN g."ownerSeq" < $15 THEN get_bit($16::bytea, g."ownerSeq") ELSE 0 END = 1
          )
        ORDER BY g."recordId"
      )
      UNION ALL
      (
        SELECT g."recordId" AS "id"
        FROM "RecordGrant" g
        WHERE
          g."key" = $17::text
          AND g."moduleId" = (SELECT $18::uuid)
          AND g."readUntil" > (SELECT $19::bigint)
          AND NOT (
            CASE WHEN g."ownerSeq" < $20 THEN get_bit($21::bytea, g."ownerSeq") ELSE 0 END = 1
          )
        ORDER BY g."recordId"
      )
      UNION ALL
      (
        SELECT g."recordId" AS "id"
        FROM "RecordGrant" g
        WHERE
          g."key" = $22::text
          AND g."moduleId" = (SELECT $23::uuid)
          AND g."readUntil" > (SELECT $24::bigint)
          AND NOT (
            CASE WHEN g."ownerSeq" < $25 THEN get_bit($26::bytea, g."ownerSeq") ELSE 0 END = 1
          )
        ORDER BY g."recordId"
      )
    ) granted
  ) AS "n";
