-- What is asked of a record before it is judged: its module, owner and grants.

-- $1, $4 = "<organization acme>"
-- $2 = ["u:<user ann>", "g:<group reps>"]
-- $3 = ["<record deal 1>"]
/* kept */
SELECT
  asked."id"::text AS "id",
  r."moduleId"::text AS "moduleId",
  r."ownerSeq",
  (
    SELECT
      json_agg(json_build_array(g."key", g."readUntil", g."updateUntil", g."deleteUntil", g."shareUntil"))
    FROM "RecordGrant" g
    WHERE
      g."orgId" = (SELECT $1::uuid)
      AND g."recordId" = asked."id"
      AND g."key" = ANY ($2::text[])
  ) AS "grants"
FROM
  (SELECT unnest((SELECT $3::uuid[])) AS "id") asked
  LEFT JOIN "Record" r ON r."orgId" = (SELECT $4::uuid)
  AND r."id" = asked."id";
