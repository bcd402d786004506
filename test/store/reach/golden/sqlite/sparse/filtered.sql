-- SPARSE: the newest over an amount of the deals of somebody with people below them and with shares.

-- ?1, ?7, ?14 = "<module deals>"
-- ?2 = JSON ["<role sales>", "<role service>"]
-- ?3, ?9 = 32 bytes, a byte for each owner, set for 1, 2, 3, 4
-- ?4, ?5, ?10, ?11, ?16, ?17 = "$.\"amount\""
-- ?6, ?12, ?18 = 500
-- ?8 = JSON ["<user dee>"]
-- ?13 = JSON ["u:<user ann>", "g:<group reps>"]
-- ?15 = now
SELECT 0 AS "way", "id"
FROM (
  SELECT r."id" AS "id"
  FROM "Record" r INDEXED BY "Record_moduleId_ownerRoleId_id_ownerSeq_idx"
  WHERE
    r."moduleId" = ?1
    AND r."ownerRoleId" IN (SELECT value FROM json_each(?2))
    AND substr(?3, r."ownerSeq" + 1, 1) = x'01'
    AND CAST(
      CASE
        WHEN json_type(r."values", ?4) IN ('integer', 'real') THEN json_extract(r."values", ?5)
      END AS REAL
    ) > CAST(?6 AS REAL)
  ORDER BY r."id" DESC
  LIMIT 3
)
UNION ALL
SELECT 1 AS "way", "id"
FROM (
  SELECT r."id" AS "id"
  FROM "Record" r INDEXED BY "Record_moduleId_ownerId_id_ownerSeq_idx"
  WHERE
    r."moduleId" = ?7
    AND r."ownerId" IN (SELECT value FROM json_each(?8))
    AND substr(?9, r."ownerSeq" + 1, 1) = x'01'
    AND CAST(
      CASE
        WHEN json_type(r."values", ?10) IN ('integer', 'real') THEN json_extract(r."values", ?11)
      END AS REAL
    ) > CAST(?12 AS REAL)
  ORDER BY r."id" DESC
  LIMIT 3
)
UNION ALL
SELECT 2 AS "way", "id"
FROM (
  SELECT g."recordId" AS "id"
  FROM
    "RecordGrant" g
    CROSS JOIN "Record" r ON r."orgId" = g."orgId"
    AND r."id" = g."recordId"
  WHERE
    g."key" IN (SELECT value FROM json_each(?13))
    AND g."moduleId" = ?14
    AND g."readUntil" > CAST(?15 AS INTEGER)
    AND CAST(
      CASE
        WHEN json_type(r."values", ?16) IN ('integer', 'real') THEN json_extract(r."values", ?17)
      END AS REAL
    ) > CAST(?18 AS REAL)
  ORDER BY g."recordId" DESC
  LIMIT 3
);
