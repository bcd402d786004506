-- SPARSE: how many deals there are, for somebody with people below them and with shares.

-- $1 = "<organization acme>"
-- $2, $6 = "<module deals>"
-- $3, $8 = 32
-- $4, $9 = 4 bytes, a bit for each owner, set for 1, 2, 3, 4
-- $5 = ["u:<user ann>", "g:<group reps>"]
-- $7 = now
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
    ) granted
  ) AS "n";
