-- The same of three records.

-- ?1, ?4 = "<organization acme>"
-- ?2 = JSON ["u:<user ann>", "g:<group reps>"]
-- ?3 = JSON ["<record deal 1>", "<record deal 2>", "<record deal 3>"]
/* kept */
SELECT
  asked."id" AS "id",
  r."moduleId" AS "moduleId",
  r."ownerSeq",
  (
    SELECT
      json_group_array(json_array(g."key", g."readUntil", g."updateUntil", g."deleteUntil", g."shareUntil"))
    FROM "RecordGrant" g
    WHERE
      g."orgId" = +?1
      AND g."recordId" = asked."id"
      AND +g."key" IN (SELECT value FROM json_each(?2))
  ) AS "grants"
FROM
  (SELECT value AS "id" FROM json_each(?3)) asked
  LEFT JOIN "Record" r ON r."orgId" = +?4
  AND r."id" = asked."id";
