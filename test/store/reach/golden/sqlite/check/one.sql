-- What is asked of a record before it is judged: its module, owner and grants.

-- ?1 = JSON ["u:<user ann>", "g:<group reps>"]
-- ?2 = "<organization acme>"
-- ?3 = JSON ["<record deal 1>"]
/* kept */
SELECT
  r."id" AS "id",
  r."moduleId" AS "moduleId",
  r."ownerSeq",
  (
    SELECT
      json_group_array(json_array(g."key", g."readUntil", g."updateUntil", g."deleteUntil", g."shareUntil"))
    FROM "RecordGrant" g
    WHERE
      g."orgId" = r."orgId"
      AND g."recordId" = r."id"
      AND +g."key" IN (SELECT value FROM json_each(?1))
  ) AS "grants"
FROM "Record" r
WHERE
  r."orgId" = +?2
  AND r."id" IN (SELECT value FROM json_each(?3));
