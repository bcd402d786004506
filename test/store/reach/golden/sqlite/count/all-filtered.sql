-- SPARSE: how many deals meet a filter, for somebody who sees all.

-- ?1 = "<module deals>"
-- ?2, ?3 = "$.\"amount\""
-- ?4 = 500
SELECT count(*) AS "n"
FROM "Record" r
WHERE
  r."moduleId" = ?1
  AND CAST(
    CASE
      WHEN json_type(r."values", ?2) IN ('integer', 'real') THEN json_extract(r."values", ?3)
    END AS REAL
  ) > CAST(?4 AS REAL);
