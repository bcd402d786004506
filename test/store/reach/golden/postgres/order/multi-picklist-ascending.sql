-- The first deals by a MULTI_PICKLIST, ascending, for somebody who sees all.

-- $1, $2, $4, $5 = "a MULTI_PICKLIST"
-- $3 = "<module deals>"
SELECT
  CASE
    WHEN jsonb_typeof(r."values" -> $1::text) = 'array' THEN (
      SELECT coalesce(string_agg(option.value, chr(31) ORDER BY option.place), '') COLLATE "C"
      FROM
        jsonb_array_elements_text(r."values" -> $2::text) WITH ORDINALITY AS option (value, place)
    )
  END AS "v0",
  r."id"::text AS "id"
FROM "Record" r
WHERE r."moduleId" = $3::uuid
ORDER BY
  CASE
    WHEN jsonb_typeof(r."values" -> $4::text) = 'array' THEN (
      SELECT coalesce(string_agg(option.value, chr(31) ORDER BY option.place), '') COLLATE "C"
      FROM
        jsonb_array_elements_text(r."values" -> $5::text) WITH ORDINALITY AS option (value, place)
    )
  END ASC NULLS LAST,
  r."id" DESC
LIMIT 3;
