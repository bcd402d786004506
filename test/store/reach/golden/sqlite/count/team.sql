-- SPARSE: how many deals there are, for somebody with people below them and with shares.

-- ?1 = "<organization acme>"
-- ?2, ?5 = "<module deals>"
-- ?3, ?7 = 32 bytes, a byte for each owner, set for 1, 2, 3, 4
-- ?4 = JSON ["u:<user ann>", "g:<group reps>"]
-- ?6 = now
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
    SELECT count(DISTINCT "id")
    FROM (
      SELECT g."recordId" AS "id"
      FROM "RecordGrant" g
      WHERE
        g."key" IN (SELECT value FROM json_each(?4))
        AND g."moduleId" = +?5
        AND g."readUntil" > CAST(?6 AS INTEGER)
        AND NOT (substr(?7, g."ownerSeq" + 1, 1) = x'01')
    )
  ) AS "n";
