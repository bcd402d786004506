-- What the next records of a module have under the key of a field.

-- ?1 = "$.\"account\""
-- ?2 = "<module deals>"
-- ?3 = "<00000000-0000-0000-0000-000000000000>"
-- ?4 = "<organization acme>"
-- ?5 = 2000
SELECT json_group_array(json_array(r."id", json(coalesce(r."values" -> ?1, 'null')))) AS "pairs"
FROM (
  SELECT "id", "values"
  FROM "Record"
  WHERE
    "moduleId" = ?2
    AND "id" > ?3
    AND +"orgId" = ?4
  ORDER BY "id"
  LIMIT ?5
) r;
