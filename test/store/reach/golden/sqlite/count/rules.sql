-- SPARSE: how many deals there are, for somebody with people below them, shares (one narrowed to owners) and two rules.

-- ?1 = "<organization acme>"
-- ?2, ?4, ?7, ?12, ?15, ?18 = "<module deals>"
-- ?3, ?9, ?14, ?17, ?20 = 32 bytes, a byte for each owner, set for 1, 2
-- ?5 = JSON ["c:<rule hot deals>#1", "c:<rule old deals>#3"]
-- ?6 = JSON ["u:<user ann>"]
-- ?8, ?13, ?16, ?19 = now
-- ?10 = "g:<group reps>"
-- ?11 = 32 bytes, a byte for each owner, set for 3, 4
/* kept */
SELECT
  (
    SELECT coalesce(sum(owner."n"), 0)
    FROM "OwnerCount" owner
    WHERE
      owner."orgId" = +?1
      AND owner."moduleId" = +?2
      AND substr(?3, owner."ownerSeq" + 1, 1) = x'01'
  ) + (
    WITH
      ranked AS MATERIALIZED (
        SELECT
          k.value AS "key",
          row_number() OVER (
            ORDER BY
              (
                SELECT g."recordId"
                FROM "RecordGrant" g
                WHERE
                  g."key" = k.value
                  AND g."moduleId" = +?4
                ORDER BY g."recordId" DESC
                LIMIT 1
                OFFSET 100
              ),
              k.value
          ) AS "rank"
        FROM json_each(?5) k
      )
    SELECT count(*)
    FROM (
      SELECT g."recordId" AS "id"
      FROM "RecordGrant" g
      WHERE
        g."key" IN (SELECT value FROM json_each(?6))
        AND g."moduleId" = +?7
        AND g."readUntil" > CAST(?8 AS INTEGER)
        AND NOT (substr(?9, g."ownerSeq" + 1, 1) = x'01')
      UNION ALL
      SELECT g."recordId" AS "id"
      FROM "RecordGrant" g
      WHERE
        g."key" = +?10
        AND substr(?11, g."ownerSeq" + 1, 1) = x'01'
        AND g."moduleId" = +?12
        AND g."readUntil" > CAST(?13 AS INTEGER)
        AND NOT (substr(?14, g."ownerSeq" + 1, 1) = x'01')
      UNION ALL
      SELECT g."recordId" AS "id"
      FROM "RecordGrant" g
      WHERE
        g."key" = (SELECT ranked."key" FROM ranked WHERE ranked."rank" = 1)
        AND g."moduleId" = +?15
        AND g."readUntil" > CAST(?16 AS INTEGER)
        AND NOT (substr(?17, g."ownerSeq" + 1, 1) = x'01')
      UNION
      SELECT g."recordId" AS "id"
      FROM "RecordGrant" g
      WHERE
        g."key" = (SELECT ranked."key" FROM ranked WHERE ranked."rank" = 2)
        AND g."moduleId" = +?18
        AND g."readUntil" > CAST(?19 AS INTEGER)
        AND NOT (substr(?20, g."ownerSeq" + 1, 1) = x'01')
      ORDER BY 1
      LIMIT -1
    )
  ) AS "n";
