-- DENSE: the newest over an amount of the deals of somebody with people below them, shares (one narrowed to owners) and two rules.

-- ?1, ?7, ?16, ?22 = "<module deals>"
-- ?2 = 32 bytes, a byte for each owner, set for 1, 2
-- ?3, ?4, ?12, ?13, ?18, ?19, ?24, ?25 = "$.\"amount\""
-- ?5, ?14, ?20, ?26 = 500
-- ?6 = JSON ["u:<user ann>", "g:<group reps>"]
-- ?8, ?17, ?23 = now
-- ?9 = JSON ["u:<user ann>"]
-- ?10 = "g:<group reps>"
-- ?11 = 32 bytes, a byte for each owner, set for 3, 4
-- ?15 = JSON ["c:<rule hot deals>#1"]
-- ?21 = JSON ["c:<rule old deals>#3"]
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
    AND (
      g."key" IN (SELECT value FROM json_each(?9))
      OR (
        g."key" = ?10
        AND substr(?11, g."ownerSeq" + 1, 1) = x'01'
      )
    )
    AND g."recordId" >= (SELECT CASE WHEN count(*) < 3 THEN '' ELSE min("id") END FROM owned)
    AND CAST(
      CASE
        WHEN json_type(r."values", ?12) IN ('integer', 'real') THEN json_extract(r."values", ?13)
      END AS REAL
    ) > CAST(?14 AS REAL)
  ORDER BY g."recordId" DESC
  LIMIT 3
)
UNION ALL
SELECT 3 AS "way", "id"
FROM (
  SELECT g."recordId" AS "id"
  FROM
    "RecordGrant" g
    CROSS JOIN "Record" r ON r."orgId" = g."orgId"
    AND r."id" = g."recordId"
  WHERE
    g."key" IN (SELECT value FROM json_each(?15))
    AND g."moduleId" = ?16
    AND g."readUntil" > CAST(?17 AS INTEGER)
    AND g."recordId" >= (SELECT CASE WHEN count(*) < 3 THEN '' ELSE min("id") END FROM owned)
    AND CAST(
      CASE
        WHEN json_type(r."values", ?18) IN ('integer', 'real') THEN json_extract(r."values", ?19)
      END AS REAL
    ) > CAST(?20 AS REAL)
  ORDER BY g."recordId" DESC
  LIMIT 3
)
UNION ALL
SELECT 4 AS "way", "id"
FROM (
  SELECT g."recordId" AS "id"
  FROM
    "RecordGrant" g
    CROSS JOIN "Record" r ON r."orgId" = g."orgId"
    AND r."id" = g."recordId"
  WHERE
    g."key" IN (SELECT value FROM json_each(?21))
    AND g."moduleId" = ?22
    AND g."readUntil" > CAST(?23 AS INTEGER)
    AND g."recordId" >= (SELECT CASE WHEN count(*) < 3 THEN '' ELSE min("id") END FROM owned)
    AND CAST(
      CASE
        WHEN json_type(r."values", ?24) IN ('integer', 'real') THEN json_extract(r."values", ?25)
      END AS REAL
    ) > CAST(?26 AS REAL)
  ORDER BY g."recordId" DESC
  LIMIT 3
);
