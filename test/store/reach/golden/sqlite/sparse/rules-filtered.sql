-- SPARSE: the newest over an amount of the deals of somebody with people below them, shares (one narrowed to owners) and two rules.

-- ?1, ?8, ?17, ?23 = "<module deals>"
-- ?2 = JSON ["<role sales>"]
-- ?3 = 32 bytes, a byte for each owner, set for 1, 2
-- ?4, ?5, ?13, ?14, ?19, ?20, ?25, ?26 = "$.\"amount\""
-- ?6, ?15, ?21, ?27 = 500
-- ?7 = JSON ["u:<user ann>", "g:<group reps>"]
-- ?9, ?18, ?24 = now
-- ?10 = JSON ["u:<user ann>"]
-- ?11 = "g:<group reps>"
-- ?12 = 32 bytes, a byte for each owner, set for 3, 4
-- ?16 = JSON ["c:<rule hot deals>#1"]
-- ?22 = JSON ["c:<rule old deals>#3"]
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
SELECT 2 AS "way", "id"
FROM (
  SELECT g."recordId" AS "id"
  FROM
    "RecordGrant" g
    CROSS JOIN "Record" r ON r."orgId" = g."orgId"
    AND r."id" = g."recordId"
  WHERE
    g."key" IN (SELECT value FROM json_each(?7))
    AND g."moduleId" = ?8
    AND g."readUntil" > CAST(?9 AS INTEGER)
    AND (
      g."key" IN (SELECT value FROM json_each(?10))
      OR (
        g."key" = ?11
        AND substr(?12, g."ownerSeq" + 1, 1) = x'01'
      )
    )
    AND CAST(
      CASE
        WHEN json_type(r."values", ?13) IN ('integer', 'real') THEN json_extract(r."values", ?14)
      END AS REAL
    ) > CAST(?15 AS REAL)
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
    g."key" IN (SELECT value FROM json_each(?16))
    AND g."moduleId" = ?17
    AND g."readUntil" > CAST(?18 AS INTEGER)
    AND CAST(
      CASE
        WHEN json_type(r."values", ?19) IN ('integer', 'real') THEN json_extract(r."values", ?20)
      END AS REAL
    ) > CAST(?21 AS REAL)
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
    g."key" IN (SELECT value FROM json_each(?22))
    AND g."moduleId" = ?23
    AND g."readUntil" > CAST(?24 AS INTEGER)
    AND CAST(
      CASE
        WHEN json_type(r."values", ?25) IN ('integer', 'real') THEN json_extract(r."values", ?26)
      END AS REAL
    ) > CAST(?27 AS REAL)
  ORDER BY g."recordId" DESC
  LIMIT 3
);
