-- What the next records of a module have under the key of a field.

-- $1 = "account"
-- $2 = "<module deals>"
-- $3 = "<00000000-0000-0000-0000-000000000000>"
-- $4 = "<organization acme>"
-- $5 = 2000
SELECT coalesce(json_agg(json_build_array(r."id", r."values" -> $1::text)), '[]') AS "pairs"
FROM (
  SELECT "id", "values"
  FROM "Record"
  WHERE
    "moduleId" = $2::uuid
    AND "id" > $3::uuid
    AND "orgId" = $4::uuid
  ORDER BY "id"
  LIMIT $5
) r;
