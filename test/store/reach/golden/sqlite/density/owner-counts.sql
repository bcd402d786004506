-- How many records each owner has, for choosing plans.

-- ?1 = "<organization acme>"
SELECT "moduleId", json_group_array(json_array("ownerSeq", "n")) AS "owners"
FROM "OwnerCount"
WHERE
  "orgId" = ?1
  AND "n" > 0
GROUP BY "moduleId";
