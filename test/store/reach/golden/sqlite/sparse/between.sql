-- SPARSE: the newest between two places of the deals of somebody with people below them and with shares.

-- ?1, ?6, ?12 = "<module deals>"
-- ?2 = JSON ["<role sales>", "<role service>"]
-- ?3, ?8 = 32 bytes, a byte for each owner, set for 1, 2, 3, 4
-- ?4, ?9, ?14 = "<record deal 9>"
-- ?5, ?10, ?15 = "<record deal 2>"
-- ?7 = JSON ["<user dee>"]
-- ?11 = JSON ["u:<user ann>", "g:<group reps>"]
-- ?13 = now
SELECT 0 AS "way", "id"
FROM (
  SELECT r."id" AS "id"
  FROM "Record" r INDEXED BY "Record_moduleId_ownerRoleId_id_ownerSeq_idx"
  WHERE
    r."moduleId" = +?1
    AND r."ownerRoleId" IN (SELECT value FROM json_each(?2))
    AND substr(?3, r."ownerSeq" + 1, 1) = x'01'
    AND r."id" < + ?4
    AND r."id" > + ?5
  ORDER BY r."id" DESC
  LIMIT 3
)
UNION ALL
SELECT 1 AS "way", "id"
FROM (
  SELECT r."id" AS "id"
  FROM "Record" r INDEXED BY "Record_moduleId_ownerId_id_ownerSeq_idx"
  WHERE
    r."moduleId" = +?6
    AND r."ownerId" IN (SELECT value FROM json_each(?7))
    AND substr(?8, r."ownerSeq" + 1, 1) = x'01'
    AND r."id" < + ?9
    AND r."id" > + ?10
  ORDER BY r."id" DESC
  LIMIT 3
)
UNION ALL
SELECT 2 AS "way", "id"
FROM (
  SELECT g."recordId" AS "id"
  FROM "RecordGrant" g
  WHERE
    g."key" IN (SELECT value FROM json_each(?11))
    AND g."moduleId" = +?12
    AND g."readUntil" > CAST(?13 AS INTEGER)
    AND g."recordId" < + ?14
    AND g."recordId" > + ?15
  ORDER BY g."recordId" DESC
  LIMIT 3
);
