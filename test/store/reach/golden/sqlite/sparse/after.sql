-- SPARSE: the newest after a place of the deals of somebody with people below them and with shares.

-- ?1, ?5, ?10 = "<module deals>"
-- ?2 = JSON ["<role sales>", "<role service>"]
-- ?3, ?7 = 32 bytes, a byte for each owner, set for 1, 2, 3, 4
-- ?4, ?8, ?12 = "<record deal 9>"
-- ?6 = JSON ["<user dee>"]
-- ?9 = JSON ["u:<user ann>", "g:<group reps>"]
-- ?11 = now
SELECT 0 AS "way", "id"
FROM (
  SELECT r."id" AS "id"
  FROM "Record" r INDEXED BY "Record_moduleId_ownerRoleId_id_ownerSeq_idx"
  WHERE
    r."moduleId" = +?1
    AND r."ownerRoleId" IN (SELECT value FROM json_each(?2))
    AND substr(?3, r."ownerSeq" + 1, 1) = x'01'
    AND r."id" < + ?4
  ORDER BY r."id" DESC
  LIMIT 3
)
UNION ALL
SELECT 1 AS "way", "id"
FROM (
  SELECT r."id" AS "id"
  FROM "Record" r INDEXED BY "Record_moduleId_ownerId_id_ownerSeq_idx"
  WHERE
    r."moduleId" = +?5
    AND r."ownerId" IN (SELECT value FROM json_each(?6))
    AND substr(?7, r."ownerSeq" + 1, 1) = x'01'
    AND r."id" < + ?8
  ORDER BY r."id" DESC
  LIMIT 3
)
UNION ALL
SELECT 2 AS "way", "id"
FROM (
  SELECT g."recordId" AS "id"
  FROM "RecordGrant" g
  WHERE
    g."key" IN (SELECT value FROM json_each(?9))
    AND g."moduleId" = +?10
    AND g."readUntil" > CAST(?11 AS INTEGER)
    AND g."recordId" < + ?12
  ORDER BY g."recordId" DESC
  LIMIT 3
);
