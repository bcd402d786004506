-- DENSE: the newest over an amount of the deals of somebody with people below them and with shares.

-- ?1, ?7 = "<module deals>"
-- ?2 = 32 bytes, a byte for each owner, set for 1, 2, 3, 4
-- ?3, ?4, ?9, ?10 = "$.\"amount\""
-- ?5, ?11 = 500
-- ?6 = JSON ["u:<user ann>", "g:<group reps>"]
-- ?8 = now
WITH
  owned AS MATERIALIZED (
    SELECT r."id" AS "id"
    FROM "Record" r INDEXED BY "Record_moduleId_id_ownerSeq_idx"
    WHERE
      r."moduleId" = ?1
      AND substr(?2, r."ownerSeq" + 1, 1) = x'01'
      AND CAST(
        CASE
          WHEN json_type(r."values", ?3) IN ('integer', 'real') THEN json_extract(r."values", ?4)
        END AS REAL
      ) > CAST(?5 AS REAL)
    ORDER BY r."id" DESC
    LIMIT 3
  )
SELECT 0 AS "way", "id"
FROM owned
UNION ALL
SELECT 2 AS "way", "id"
FROM (
  SELECT g."recordId" AS "id"
  FROM
    "RecordGrant" g
    CROSS JOIN "Record" r ON r."orgId" = g."orgId"
    AND r."id" = g."recordId"
  WHERE
    g."key" IN (SELECT value FROM json_each(?6))
    AND g."moduleId" = ?7
    AND g."readUntil" > CAST(?8 AS INTEGER)
    AND g."recordId" >= (SELECT CASE WHEN count(*) < 3 THEN '' ELSE min("id") END FROM owned)
    AND CAST(
      CASE
        WHEN json_type(r."values", ?9) IN ('integer', 'real') THEN json_extract(r."values", ?10)
      END AS REAL
    ) > CAST(?11 AS REAL)
  ORDER BY g."recordId" DESC
  LIMIT 3
);
