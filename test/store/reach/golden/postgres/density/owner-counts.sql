-- How many records each owner has, for choosing plans.

-- $1 = "<organization acme>"
SELECT "moduleId"::text AS "moduleId", json_agg(json_build_array("ownerSeq", "n")) AS "owners"
FROM "OwnerCount"
WHERE
  "orgId" = $1::uuid
  AND "n" > 0
GROUP BY "moduleId";
