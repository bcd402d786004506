-- What is asked of a record before it is judged: its module, owner and grants.

-- $1 = ["u:<user ann>", "g:<group reps>"]
-- $2 = "<organization acme>"
-- $3 = ["<record deal 1>"]
/* kept */
SELECT
  r."id"::text AS "id",
  r."moduleId"::text AS "moduleId",
  r."ownerSeq",
  (
    SELECT
      json_agg(json_build_array(g."key", g."readUntil", g."updateUntil", g."deleteUntil", g."shareUntil"))
    FROM "RecordGrant" g
    WHERE
      g."orgId" = r."orgId"
      AND g."recordId" = r."id"
      AND g."key" = ANY ($1::text[])
  ) AS "grants"
FROM "Record" r
WHERE
  r."orgId" = (SELECT $2::uuid)
  AND r."id" = ANY ((SELECT $3::uuid[])::uuid[]);
